"""How a folder of CSV files becomes the content of the source database; parsing belongs to csv_reader, SQL to source_database."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from dataset.loading.csv_reader import Cell, Reject, RowReader
from dataset.loading.encodings import lines_of
from dataset.loading.headers import Header, read_header
from dataset.loading.load_errors import FolderUnusable
from dataset.loading.source_database import MARKER, SourceDatabase
from elt_pipeline.contracts.source import BOOK, FILE_TABLES, LOAD_REJECT, SOURCE_FILE, SOURCE_LINE, SourceTable, table_of_file

ROWS_PER_INSERT = 10_000
# Reached before the rows where cells are large, so that few of them wait in memory.
CHARACTERS_PER_INSERT = 4 * 2**20


@dataclass(frozen=True)
class LoadProgress:
    """How far one file is: bytes read of its bytes, and rows loaded from it."""

    file: str
    bytes_done: int
    bytes_total: int
    rows: int


@dataclass(frozen=True)
class FileSummary:
    """What became of the lines of one file: 1 header + rows + rejects + blank lines + further lines of rows and rejects = all."""

    file: str
    table: str
    encoding: str
    rows: int
    rejects: Mapping[str, int]
    blank_lines: int
    continuation_lines: int


@dataclass(frozen=True)
class TableSummary:
    """What a source table holds after the load, and by reason how many lines of its files are no rows."""

    table: str
    rows: int
    rejects: Mapping[str, int]
    files: tuple[str, ...]


@dataclass(frozen=True)
class LoadSummary:
    """What a load did: each file, each source table (in the contract's order, also without a file), and what else to know."""

    files: tuple[FileSummary, ...]
    tables: tuple[TableSummary, ...]
    warnings: tuple[str, ...]


def load_folder(folder: Path, source_url: str, *, replace: bool = False, report: Callable[[LoadProgress], None]) -> LoadSummary:
    """Make the source database hold exactly the rows of the folder's CSV files, and return what was loaded and rejected.

    ``source_url`` is a SQLAlchemy URL. Every column is text: an empty cell is null, an empty cell in quotes is ''. Readers see
    the old content until all is loaded, then the new. Raises ``LoadFailed`` (its subtypes: folder, format, source) and leaves the
    old content where the load cannot be done; tables that this loader did not fill are only replaced where ``replace`` says so.
    """
    paths, warnings = _find_files(folder)
    try:
        headers = [read_header(path, table) for path, table in paths]
        columns = {table.name: _columns(table, headers) for table in FILE_TABLES}
        with SourceDatabase(source_url, replace=replace) as database:
            database.stage({**columns, LOAD_REJECT.name: LOAD_REJECT.columns})
            database.insert(MARKER, [(header.path.name, header.table.name, header.encoding) for header in headers])
            loads = [_FileLoad(header, columns[header.table.name], database, report) for header in headers]
            files = tuple(load.run() for load in loads)
            database.publish()
    except OSError as error:
        raise FolderUnusable(f"{error.filename or folder} cannot be read: {error.strerror}.") from error
    return LoadSummary(files, _by_table(files), (*warnings, *_header_warnings(headers), *_empty_tables(files)))


def _find_files(folder: Path) -> tuple[list[tuple[Path, SourceTable]], list[str]]:
    """The folder's CSV files with their tables, by name, and a warning for each that has none."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and path.is_file())
    except OSError as error:
        raise FolderUnusable(
            f"The folder {folder} cannot be read: {error.strerror}. Name a folder with book*.csv in it."
        ) from error
    tables = [(path, table_of_file(path.name)) for path in paths]
    if BOOK not in (table for _, table in tables):
        raise FolderUnusable(f"The folder {folder} has no book*.csv, which is the one kind of file that must be there.")
    known = [(path, table) for path, table in tables if table]
    return known, [f"{path.name} is not loaded: its name fits no table." for path, table in tables if not table]


def _columns(table: SourceTable, headers: Sequence[Header]) -> tuple[str, ...]:
    """The contract's columns, those that only the files know (in the spelling that comes first), and the loader's own two."""
    extra: dict[str, str] = {}
    for header in headers:
        if header.table == table:
            for name in header.unknown_columns:
                extra.setdefault(name.casefold(), name)
    return (*table.columns, *extra.values(), SOURCE_FILE, SOURCE_LINE)


@dataclass
class _FileLoad:
    """The load of one file into its table."""

    header: Header
    columns: Sequence[str]
    database: SourceDatabase
    report: Callable[[LoadProgress], None]
    row_count: int = 0
    line_count: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    reject_rows: list[tuple[Cell, ...]] = field(default_factory=list)

    def run(self) -> FileSummary:
        with self.header.path.open("rb", buffering=0) as file:
            lines = lines_of(file, self.header.encoding)
            above = next(line.number for line in lines if line.number == self.header.line) - 1
            reader = RowReader(lines, self.header.delimiter, self.header.names)
            self._load(reader, file)
        reject_count = self.rejects.total()
        return FileSummary(
            self.header.path.name,
            self.header.table.name,
            self.header.encoding,
            self.row_count,
            dict(self.rejects),
            above + reader.blank_lines,
            self.line_count - self.row_count - reject_count,
        )

    def _load(self, reader: RowReader, file: BinaryIO) -> None:
        name, cells_of, waiting = self.header.path.name, self._cells_of(), 0
        for item in reader:
            self.line_count += item.line_count
            if isinstance(item, Reject):
                self.rejects[item.reason] += 1
                self.reject_rows.append((name, str(item.line), item.reason, item.text))
                waiting += len(item.text)
            else:
                item.cells.append(None)
                self.rows.append((*cells_of(item.cells), name, str(item.line)))
                waiting += item.size
            if len(self.rows) + len(self.reject_rows) >= ROWS_PER_INSERT or waiting >= CHARACTERS_PER_INSERT:
                self._insert(file)
                waiting = 0
        self._insert(file)

    def _cells_of(self) -> Callable[[list[Cell]], tuple[Cell, ...]]:
        """A function that puts cells in the table's order; for a column that the file lacks it takes the null behind the last."""
        place = {name.casefold(): index for index, name in enumerate(self.header.columns)}
        return itemgetter(*(place.get(name.casefold(), -1) for name in self.columns[:-2]))

    def _insert(self, file: BinaryIO) -> None:
        self.database.insert(self.header.table.name, self.rows)
        self.database.insert(LOAD_REJECT.name, self.reject_rows)
        self.row_count += len(self.rows)
        self.rows.clear()
        self.reject_rows.clear()
        path = self.header.path
        self.report(LoadProgress(path.name, file.tell(), path.stat().st_size, self.row_count))


def _by_table(files: Sequence[FileSummary]) -> tuple[TableSummary, ...]:
    summaries = []
    for table in FILE_TABLES:
        ours = [file for file in files if file.table == table.name]
        rejects: Counter[str] = Counter()
        for file in ours:
            rejects.update(file.rejects)
        names = tuple(file.file for file in ours)
        summaries.append(TableSummary(table.name, sum(file.rows for file in ours), dict(rejects), names))
    return tuple(summaries)


def _header_warnings(headers: Sequence[Header]) -> list[str]:
    warnings = []
    for header in headers:
        name = header.path.name
        if header.unknown_columns:
            warnings.append(
                f"{name} has columns that its table does not know; they are kept: {', '.join(header.unknown_columns)}."
            )
        if header.hidden_columns:
            warnings.append(
                f"{name} has columns that the loader fills itself; theirs are not loaded: {', '.join(header.hidden_columns)}."
            )
        if header.encoding == "cp1252":
            warnings.append(f"{name} is not UTF-8 and was read as Windows-1252; if names look wrong, save it as UTF-8.")
    return warnings


def _empty_tables(files: Sequence[FileSummary]) -> list[str]:
    filled = {file.table for file in files if file.rows}
    absent = {table.name for table in FILE_TABLES} - {file.table for file in files}
    empty = [table for table in FILE_TABLES if table.name not in filled]
    return [
        f"{table.name} is empty: "
        + (f"there is no {table.file_prefix}*.csv." if table.name in absent else "its files hold no rows.")
        for table in empty
    ]
