"""The three book files with their quirks, and what a later file has to know of them; genres and links belong to link_files.py."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dataset.generating.answer_key import AnswerKey, Facts
from dataset.generating.bad_lines import bad_line, header_again
from dataset.generating.book_rows import BOOK_COLUMNS, BOOK_FILES, Row, book_row
from dataset.generating.editions_generator import SHARD_IDS, Edition, shard_sizes
from dataset.generating.quirks import LOST_ISBN_QUIRKS, plant_quirks
from dataset.generating.source_files import Planted, Record, SourceFile, apart, csv_line

SAME_ID_PER_10_000 = 50

# Behind this part of the second shard, as in half of the real files, the five counts are absent.
SHARD_IN_PART_WITHOUT_COUNTS, PART_WITH_COUNTS_PERCENT = 1, 60

BAD_LINES_OF_SHARD = (
    ("too_few_fields",),
    ("too_few_fields", "too_many_fields", "open_quote", "invalid_encoding"),
    ("too_many_fields", "nul_byte"),
)
SHARD_WITH_SENSELESS_ROWS, SHARD_WITH_SECOND_HEADER = 1, 2

Quirks = list[tuple[str, str]]


class Named(NamedTuple):
    """An edition as ratings may name it: its id, its work and the title that stands in the files, on one line."""

    edition_id: int
    work_number: int
    name: str


@dataclass
class BookFiles:
    """Writes editions, chunk by chunk, into the three files and the answer key, and keeps those that ``is_named`` asks for."""

    rng: random.Random
    key: AnswerKey
    files: Sequence[SourceFile]
    book_count: int
    is_named: Callable[[Edition], bool]
    named: list[Named] = field(default_factory=list)
    written: list[int] = field(default_factory=lambda: [0] * len(BOOK_FILES))

    def write(self, editions: Sequence[Edition]) -> list[Edition]:
        """Write editions with every quirk planted and noted, and return those to which the ISBN in the file still leads."""
        with_counts = self._have_counts(editions)
        rows = [book_row(self.rng, edition, has_counts=has) for edition, has in zip(editions, with_counts, strict=True)]
        quirks = plant_quirks(self.rng, rows)
        for shard, file in enumerate(self.files):
            places = [place for place, edition in enumerate(editions) if edition.shard == shard]
            if places:
                self._write_part(file, shard, [(editions[place], rows[place], quirks[place]) for place in places])
        self.named += [
            Named(edition.edition_id, edition.work.number, row["Name"].replace("\n", " "))
            for edition, row in zip(editions, rows, strict=True)
            if self.is_named(edition)
        ]
        return [
            edition
            for edition, notes in zip(editions, quirks, strict=True)
            if not LOST_ISBN_QUIRKS.intersection(name for name, _ in notes)
        ]

    def _have_counts(self, editions: Sequence[Edition]) -> list[bool]:
        have = []
        sizes = shard_sizes(self.book_count)
        seen = list(self.written)
        for edition in editions:
            is_late = seen[edition.shard] * 100 >= sizes[edition.shard] * PART_WITH_COUNTS_PERCENT
            have.append(edition.shard != SHARD_IN_PART_WITHOUT_COUNTS or not is_late)
            seen[edition.shard] += 1
        return have

    def _write_part(self, file: SourceFile, shard: int, part: Sequence[tuple[Edition, Row, Quirks]]) -> None:
        """Write the part of a chunk that belongs into one file; what stands there once stands in its first part."""
        rows = [row for _, row, _ in part]
        own = [_record(row, notes) for _, row, notes in part]
        extra = [] if self.written[shard] else _extra_records(shard, rows[0])
        records = apart(apart(own, self._same_ids(rows)), extra)
        lines = {id(record): line for record, line in zip(records, file.write(records), strict=True)}
        for (edition, _, _), record in zip(part, own, strict=True):
            self.key.add("editions", _facts(edition, lines[id(record)]))
        self.written[shard] += len(part)

    def _same_ids(self, rows: Sequence[Row]) -> list[Record]:
        """Some rows a second time, with another count of reviews."""
        twins = self.rng.sample(rows, max(1, len(rows) * SAME_ID_PER_10_000 // 10_000))
        again = [row | {"CountsOfReview": str(int(row["CountsOfReview"]) + 1)} for row in twins]
        return [
            Record(csv_line(list(row.values())), row["Id"], [Planted("same_id_twice", "merged", "Id", row["Id"])])
            for row in again
        ]


def open_book_files(stack: ExitStack, folder: Path, key: AnswerKey) -> list[SourceFile]:
    """Begin the book files, each with its own order of columns."""
    return [
        stack.enter_context(SourceFile(folder, name, "book", columns, key))
        for name, columns in zip(BOOK_FILES, BOOK_COLUMNS, strict=True)
    ]


def by_work(named: Iterable[Named]) -> dict[int, list[Named]]:
    """Return the editions of each work."""
    groups = defaultdict(list)
    for edition in named:
        groups[edition.work_number].append(edition)
    return dict(groups)


def _facts(edition: Edition, line: int) -> Facts:
    return {
        "edition_id": edition.edition_id,
        "file": BOOK_FILES[edition.shard],
        "line": line,
        "work": edition.work.number,
        "title_kind": edition.title_kind,
        "clean_name": edition.name,
        "clean_authors": edition.authors,
        "variations": edition.variations,
        "language": edition.language,
        "isbn13": edition.isbn13,
        "form": edition.form,
        "publish_date": edition.publish_date.isoformat(),
        "page_count": edition.page_count,
    }


def _record(row: Row, quirks: Quirks) -> Record:
    planted = [Planted(name, "kept", column, row[column]) for name, column in quirks]
    if not row["RatingDist5"]:
        planted.append(Planted("counts_absent", "kept", "RatingDist5", ""))
    return Record(csv_line(list(row.values())), row["Id"], planted)


def _extra_records(shard: int, row: Row) -> list[Record]:
    """Bad lines, and in one shard rows that no edition can be made of; their ids are above those of the editions."""
    first_free = SHARD_IDS[shard].stop
    extra = [
        bad_line(quirk, list((row | {"Id": str(first_free + place)}).values()))
        for place, quirk in enumerate(BAD_LINES_OF_SHARD[shard])
    ]
    if shard == SHARD_WITH_SENSELESS_ROWS:
        no_number, no_title = row | {"Id": "no number"}, row | {"Id": str(first_free + 99), "Name": "  "}
        extra.append(_rejected("id_is_not_a_number", "Id", no_number))
        extra.append(_rejected("no_title", "Name", no_title))
    if shard == SHARD_WITH_SECOND_HEADER:
        extra.append(header_again(BOOK_COLUMNS[shard]))
    return extra


def _rejected(quirk: str, column: str, row: Row) -> Record:
    return Record(csv_line(list(row.values())), row["Id"], [Planted(quirk, "rejected", column, row[column])])
