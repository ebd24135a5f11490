"""Source files written record by record, with the record of what was planted in them; what to plant belongs elsewhere."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from dataset.generating.answer_key import AnswerKey, Facts

Outcome = Literal["kept", "rejected", "merged", "bad_line"]
OUTCOMES: tuple[Outcome, ...] = ("kept", "rejected", "merged", "bad_line")

_needs_quotes = re.compile('[,"\n\r]').search


@dataclass(frozen=True)
class Planted:
    """What is unusual in a record: under which name, what should become of the record, and the cell that shows it."""

    quirk: str
    outcome: Outcome = "kept"
    column: str = ""
    value: str = ""


@dataclass
class Record:
    """One record as bytes without its line end; ``key`` names it in the answer key: an edition's id, ``reader/book``."""

    data: bytes
    key: str = ""
    planted: list[Planted] = field(default_factory=list)
    line_end: bytes = b"\n"


class SourceFile:
    """A file of the Kaggle format in the making: what is written is also counted and noted in the answer key."""

    def __init__(self, folder: Path, name: str, table: str, columns: Sequence[str], key: AnswerKey) -> None:
        self.name, self.table, self.columns = name, table, columns
        self._key = key
        self._file = (folder / name).open("wb")
        self._file.write(csv_line(columns) + b"\n")
        self._lines = 1
        self._records = 0
        self._line_ends: Counter[str] = Counter()
        self._outcomes: dict[Outcome, Counter[str]] = {outcome: Counter() for outcome in OUTCOMES}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def write(self, records: Sequence[Record]) -> list[int]:
        """Append the records and return for each the line on which it begins; the header is line 1."""
        first_lines = []
        for record in records:
            line = self._lines + 1
            first_lines.append(line)
            self._lines = line + record.data.count(b"\n")
            self._line_ends["crlf" if record.line_end == b"\r\n" else "lf"] += 1
            for note in record.planted:
                self._note(note, record.key, line)
        self._records += len(records)
        self._file.write(b"".join([part for record in records for part in (record.data, record.line_end)]))
        return first_lines

    def _note(self, note: Planted, key: str, line: int) -> None:
        self._outcomes[note.outcome][note.value if note.outcome == "bad_line" else note.quirk] += 1
        shown = {name: text for name, text in (("column", note.column), ("value", note.value)) if text}
        self._key.add(
            "planted", {"quirk": note.quirk, "outcome": note.outcome, "file": self.name, "line": line, "key": key} | shown
        )

    def totals(self) -> Facts:
        """The file's numbers for the answer key."""
        return {
            "table": self.table,
            "lines": self._lines,
            "rows": self._records - self._outcomes["bad_line"].total(),
            "bad_lines": dict(sorted(self._outcomes["bad_line"].items())),
            "line_ends": dict(sorted(self._line_ends.items())),
        }

    def outcomes(self, outcome: Outcome) -> Counter[str]:
        """How often each quirk with that outcome stands in the file; bad lines by the reason that a loader gives."""
        return self._outcomes[outcome]


def table_totals(files: Sequence[SourceFile]) -> Facts:
    """The ledger of one table as far as it follows directly: rows in = bad lines + rejected + merged + kept.

    ``kept`` counts the rows that name an ambiguous title too: what becomes of them is a rule of the reader of these files.
    """
    counts: dict[Outcome, Counter[str]] = {outcome: Counter() for outcome in OUTCOMES}
    for outcome, counter in counts.items():
        for file in files:
            counter.update(file.outcomes(outcome))
    rows = sum(file.totals()["rows"] for file in files)
    return {
        "rows_in": rows + counts["bad_line"].total(),
        "rows": rows,
        "bad_lines": dict(sorted(counts["bad_line"].items())),
        "rejected": dict(sorted(counts["rejected"].items())),
        "merged": dict(sorted(counts["merged"].items())),
        "kept": rows - counts["rejected"].total() - counts["merged"].total(),
        "ambiguous_titles": counts["kept"]["ambiguous_title"],
    }


def apart(records: Sequence[Record], extra: Sequence[Record]) -> list[Record]:
    """The records with the extra ones between them, evenly apart, so that each stands between undisturbed neighbours."""
    mixed = list(records)
    step = len(mixed) // (len(extra) + 1)
    for place, record in reversed(list(enumerate(extra, start=1))):
        mixed.insert(place * step, record)
    return mixed


def csv_line(cells: Sequence[str]) -> bytes:
    """The cells as one CSV record by RFC 4180, in UTF-8, quoted only where needed, without a line end."""
    return ",".join([_quoted(cell) if _needs_quotes(cell) else cell for cell in cells]).encode()


def _quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"'
