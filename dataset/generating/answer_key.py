"""What is true about a generated folder: the editions' facts, the planted cases and the numbers that follow from them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dataset.generating.book_rows import BOOK_FILES, SWAPPED_SHARDS
from dataset.generating.editions_generator import Edition
from dataset.generating.source_files import Planted, Record, SourceFile
from dataset.generating.works import Work

Key = dict[str, Any]


def make_answer_key(
    parameters: Mapping[str, int],
    works: Sequence[Work],
    editions: Sequence[Edition],
    files: Sequence[SourceFile],
    tastes: Mapping[str, Sequence[str]],
) -> Key:
    """Return the key as plain JSON values; ``tastes`` is by reader with its namespace, ``rating:2``."""
    lines = _lines_of_editions(files)
    return {
        "about": "Made-up editions and ratings of real works. All but the works' own facts is synthetic.",
        "parameters": dict(parameters),
        "swapped_files": [BOOK_FILES[shard] for shard in SWAPPED_SHARDS],
        "files": {file.name: _file_totals(file) for file in files},
        "tables": _table_totals(files),
        "planted": [note for file in files for note in _planted_in(file)],
        "works": [_work(work) for work in works],
        "editions": [_edition(edition, lines[edition.edition_id]) for edition in editions],
        "tastes": {reader: list(names) for reader, names in tastes.items()},
    }


def _work(work: Work) -> Key:
    return {"work": work.number, "title": work.title, "authors": list(work.authors), "genres": list(work.genres)}


def _edition(edition: Edition, line: int) -> Key:
    return {
        "edition_id": edition.edition_id,
        "file": BOOK_FILES[edition.shard],
        "line": line,
        "work": edition.work.number,
        "title_kind": edition.title_kind,
        "clean_name": edition.name,
        "language": edition.language,
        "isbn13": edition.isbn13,
        "form": edition.form,
        "publish_date": edition.publish_date.isoformat(),
        "page_count": edition.page_count,
    }


def _lines_of_editions(files: Sequence[SourceFile]) -> dict[int, int]:
    """The line of each edition's own row, not that of a second row with its id."""
    return {
        int(record.key): line
        for file in files
        if file.table == "book"
        for record, line in zip(file.records, file.first_lines(), strict=True)
        if not _outcomes(record)
    }


def _outcomes(record: Record) -> list[Planted]:
    return [note for note in record.planted if note.outcome != "kept"]


def _planted_in(file: SourceFile) -> list[Key]:
    return [
        {"quirk": note.quirk, "outcome": note.outcome, "file": file.name, "line": line, "key": record.key}
        | ({"column": note.column} if note.column else {})
        | ({"value": note.value} if note.value else {})
        for record, line in zip(file.records, file.first_lines(), strict=True)
        for note in record.planted
    ]


def _file_totals(file: SourceFile) -> Key:
    bad = Counter(note.value for record in file.records for note in record.planted if note.outcome == "bad_line")
    ends = Counter("crlf" if record.line_end == b"\r\n" else "lf" for record in file.records)
    return {
        "table": file.table,
        "lines": 1 + sum(1 + record.data.count(b"\n") for record in file.records),
        "rows": len(file.records) - bad.total(),
        "bad_lines": dict(sorted(bad.items())),
        "line_ends": dict(sorted(ends.items())),
    }


def _table_totals(files: Sequence[SourceFile]) -> dict[str, Key]:
    return {table: _totals([file for file in files if file.table == table]) for table in sorted({file.table for file in files})}


def _totals(files: Sequence[SourceFile]) -> Key:
    """The ledger as far as it follows directly: rows in = bad lines + rejected + merged + kept.

    ``kept`` counts the rows that name an ambiguous title too: what becomes of them is a rule of the reader of these files.
    """
    records = [record for file in files for record in file.records]
    counts = {
        outcome: Counter(
            note.value if outcome == "bad_line" else note.quirk
            for record in records
            for note in record.planted
            if note.outcome == outcome
        )
        for outcome in ("bad_line", "rejected", "merged")
    }
    return {
        "rows_in": len(records),
        "rows": len(records) - counts["bad_line"].total(),
        "bad_lines": dict(sorted(counts["bad_line"].items())),
        "rejected": dict(sorted(counts["rejected"].items())),
        "merged": dict(sorted(counts["merged"].items())),
        "kept": len(records) - sum(counter.total() for counter in counts.values()),
        "ambiguous_titles": sum(note.quirk == "ambiguous_title" for record in records for note in record.planted),
    }
