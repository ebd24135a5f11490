"""Lines of source files with the record of what was planted in them; what to plant belongs to the modules that use this."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["kept", "rejected", "merged", "bad_line"]


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


@dataclass
class SourceFile:
    """A file of the Kaggle format in the making: its name, the source table, its header and its records in order."""

    name: str
    table: str
    columns: Sequence[str]
    records: list[Record] = field(default_factory=list)

    def insert_apart(self, extra: Sequence[Record]) -> None:
        """Put records between the others, evenly apart, so that each stands between undisturbed neighbours."""
        step = len(self.records) // (len(extra) + 1)
        for place, record in reversed(list(enumerate(extra, start=1))):
            self.records.insert(place * step, record)

    def content(self) -> bytes:
        """The bytes of the file."""
        lines = [csv_line(self.columns) + b"\n"]
        lines += [record.data + record.line_end for record in self.records]
        return b"".join(lines)

    def first_lines(self) -> list[int]:
        """For each record the line on which it begins; the header is line 1."""
        line, numbers = 2, []
        for record in self.records:
            numbers.append(line)
            line += 1 + record.data.count(b"\n")
        return numbers


def csv_line(cells: Sequence[str]) -> bytes:
    """The cells as one CSV record by RFC 4180, in UTF-8, quoted only where needed, without a line end."""
    return ",".join(map(_quoted, cells)).encode()


def _quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if any(mark in cell for mark in ',"\n\r') else cell
