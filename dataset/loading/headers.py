"""How the header of a file is read and held to its table; the rows below it belong to csv_reader."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dataset.loading.csv_reader import as_name, read_cells
from dataset.loading.encodings import detect_encoding, lines_of
from dataset.loading.load_errors import NotInTheFormat
from elt_pipeline.contracts.source import BOOK, SOURCE_FILE, SOURCE_LINE, SourceTable

DELIMITERS = (",", ";", "\t")
# Databases end between 1,017 and 4,096 columns and at names of 64 characters.
MAX_COLUMNS = 1_000
MAX_NAME_CHARACTERS = 64
# A header that is longer has too many columns or too long names, and its beginning shows it.
HEADER_CHARACTERS = 2 * MAX_COLUMNS * MAX_NAME_CHARACTERS
SHOWN_COLUMNS, SHOWN_NAME_CHARACTERS = 30, 40

# The line that tells a spreadsheet the delimiter.
_SEPARATOR_LINE = re.compile(r'"?sep=.?"?')

# How files begin that people take for a catalogue, and are none.
NOT_TEXT = {
    b"PK\x03\x04": "an archive (EPUB, XLSX, ODS or ZIP)",
    b"%PDF-": "a PDF",
    b"\x1f\x8b": "a compressed file (GZ)",
    b"SQLite format 3\x00": "a SQLite database",
    b"\xd0\xcf\x11\xe0": "an old Office file (XLS, DOC)",
}

_OURS = {SOURCE_FILE.casefold(), SOURCE_LINE.casefold()}


@dataclass(frozen=True)
class Header:
    """What the top of a file tells: its encoding and delimiter, on which line the header stands, and the columns in order.

    ``columns`` holds the names as the table spells them, and an unknown column as the file does.
    """

    path: Path
    table: SourceTable
    encoding: str
    delimiter: str
    line: int
    names: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        """The columns that the table does not have, save the two that the loader itself adds."""
        return tuple(name for name in self.columns if name not in self.table.columns and name.casefold() not in _OURS)

    @property
    def used_columns(self) -> tuple[str, ...]:
        """The unknown columns whose cells are read into others; none where the file is in the source's own format."""
        return ()

    @property
    def hidden_columns(self) -> tuple[str, ...]:
        """The columns that have the name of one of the two that the loader adds."""
        return tuple(name for name in self.columns if name.casefold() in _OURS)


def required_columns(table: SourceTable) -> tuple[str, ...]:
    """The columns without which a file is not in the format: of a book its Id and Name, of the others all."""
    return ("Id", "Name") if table == BOOK else table.columns


@dataclass(frozen=True)
class Top:
    """The top of a file before it is known what the file holds: as in ``Header``."""

    path: Path
    encoding: str
    delimiter: str
    line: int
    names: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where the header stands, for a person."""
        return f"{self.path.name}, line {self.line}"


def read_header(path: Path, table: SourceTable) -> Header:
    """Return the header of a file; raises ``NotInTheFormat`` where it does not fit the table, ``OSError`` where unreadable."""
    known = frozenset(column.casefold() for column in table.columns)
    return header_of(read_top(path, lambda name: name.casefold() in known, what_to_do(table)), table)


def read_top(path: Path, is_known: Callable[[str], bool], advice: str) -> Top:
    """Return the top of a file, its delimiter the one that finds most known names.

    Raises ``NotInTheFormat``, with the advice, where the file is empty, and ``OSError`` where it cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        check_is_text(path, file)
        encoding = detect_encoding(file)
        line = next((line for line in lines_of(file, encoding) if _is_header(line.text)), None)
    if line is None:
        raise NotInTheFormat(f"{path.name} is empty: it has no header. {advice}")
    if line.problem:
        raise NotInTheFormat(
            f"{path.name}, line {line.number}: the header cannot be read ({line.problem}). Save the file as CSV in UTF-8."
        )
    read = [(mark, _names(line.text, mark)) for mark in DELIMITERS]
    # Of two delimiters that find equally many known names, the one that finds more columns.
    delimiter, names = max(read, key=lambda found: (len({name for name in found[1] if is_known(name)}), len(found[1])))
    return Top(path, encoding, delimiter, line.number, names)


def header_of(top: Top, table: SourceTable) -> Header:
    """Return the top of a file as a header of the table; raises ``NotInTheFormat`` where it does not fit."""
    spelling = {column.casefold(): column for column in table.columns}
    columns = tuple(spelling.get(name.casefold(), name or f"unnamed_{place}") for place, name in enumerate(top.names, start=1))
    header = Header(top.path, table, top.encoding, top.delimiter, top.line, top.names, columns)
    _check(header)
    return header


def check_width(top: Top, advice: str) -> None:
    """Raise ``NotInTheFormat`` where the header has more columns than databases take."""
    if len(top.names) > MAX_COLUMNS:
        raise NotInTheFormat(f"{top.place}: the header has more than {MAX_COLUMNS:,} columns. {advice}")


def check_is_text(path: Path, file: BinaryIO) -> None:
    """Raise ``NotInTheFormat`` where the file begins like one that holds no lines of text; leave it at its beginning."""
    start = file.read(max(map(len, NOT_TEXT)))
    file.seek(0)
    kind = next((kind for beginning, kind in NOT_TEXT.items() if start.startswith(beginning)), None)
    if kind:
        raise NotInTheFormat(f"{path.name} is no text file but {kind}. Save or export its table as CSV, and load that.")


def _is_header(line: str) -> bool:
    text = line.strip("\ufeff \r\n")
    return bool(text) and not _SEPARATOR_LINE.fullmatch(text)


def _names(text: str, delimiter: str) -> tuple[str, ...]:
    cells = read_cells(text[:HEADER_CHARACTERS], delimiter, MAX_COLUMNS, lambda: None)
    return () if isinstance(cells, str) else tuple(as_name(cell) for cell in cells)


def _check(header: Header) -> None:
    times = Counter(name.casefold() for name in header.columns)
    doubled = [name for name in dict.fromkeys(header.columns) if times[name.casefold()] > 1]
    missing = [name for name in required_columns(header.table) if name not in header.columns]
    if len(header.columns) > MAX_COLUMNS:
        wrong = f"more than {MAX_COLUMNS:,} columns"
    elif missing:
        wrong = f"no column {listed(missing)}"
    elif doubled:
        wrong = f"more than one column {listed(doubled)}"
    elif too_long := [name for name in header.columns if len(name) > MAX_NAME_CHARACTERS]:
        wrong = f"a column name of more than {MAX_NAME_CHARACTERS} characters: {listed(too_long)}"
    else:
        return
    found = listed(header.names) or "no columns at all, since a quote is not closed"
    place = f"{header.path.name}, line {header.line}"
    raise NotInTheFormat(f"{place}: the header has {wrong}. Found: {found}. {what_to_do(header.table)}")


def listed(names: Sequence[str]) -> str:
    """Return names for a person, long ones and many of them cut short."""
    shown = ", ".join(f"`{name[:SHOWN_NAME_CHARACTERS]}`" for name in names[:SHOWN_COLUMNS])
    return f"{shown} and more" if len(names) > SHOWN_COLUMNS else shown


def what_to_do(table: SourceTable) -> str:
    """Return what a file of the table must look like."""
    needed = ", ".join(f"`{name}`" for name in required_columns(table))
    return f"Its first line must name {needed} (table {table.name}), each once: correct it, or take the file out of the folder."
