"""How files become the content of the source database; parsing belongs to csv_reader, catalogues to catalogue_rows."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Protocol

from dataset.loading.book_ids import MadeIds
from dataset.loading.catalogue_rows import CatalogueRows, SourceRow, count_title
from dataset.loading.catalogues import Catalogue
from dataset.loading.csv_reader import Cell, Reject, Row, RowReader
from dataset.loading.encodings import lines_of
from dataset.loading.found_files import find_files
from dataset.loading.headers import Header
from dataset.loading.load_errors import FolderUnusable
from dataset.loading.source_database import MARKER, SourceDatabase
from dataset.loading.summaries import FileSummary, LoadProgress, LoadSummary, by_table, empty_tables, notes_of
from elt_pipeline.contracts.source import BOOK, FILE_TABLES, LOAD_REJECT, SOURCE_FILE, SOURCE_LINE, SourceTable

ROWS_PER_INSERT = 10_000
# Reached before the rows where cells are large, so that few of them wait in memory.
CHARACTERS_PER_INSERT = 4 * 2**20


def load_files(
    place: Path,
    source_url: str,
    *,
    mapping: Mapping[str, str] | None = None,
    replace: bool = False,
    report: Callable[[LoadProgress], None],
) -> LoadSummary:
    """Make the source database hold exactly the rows of a folder's CSV files, or of one file, and return what was loaded.

    ``source_url`` is a SQLAlchemy URL; ``mapping`` names headings by field, as ``catalogues.read_mapping`` gives it. Every column
    is text: an empty cell is null, an empty cell in quotes is ''. Readers see the old content until all is loaded, then the new.
    Raises ``LoadFailed`` (its subtypes: folder, format, mapping, source) and leaves the old content where it cannot be done;
    tables that this loader did not fill are only replaced where ``replace`` says so.
    """
    try:
        headers, warnings = find_files(place, mapping or {})
        columns = {table.name: _columns(table, headers) for table in FILE_TABLES}
        with SourceDatabase(source_url, replace=replace) as database:
            database.stage({**columns, LOAD_REJECT.name: LOAD_REJECT.columns})
            database.insert(MARKER, [_marked(header, database.load_id) for header in headers])
            translators = _translators(headers, columns, trusts_ids=bool(mapping and "id" in mapping))
            loads = [_FileLoad(*one, columns, database, report) for one in zip(headers, translators, strict=True)]
            files = tuple(load.run() for load in loads)
            database.publish()
    except OSError as error:
        raise FolderUnusable(f"{error.filename or place} cannot be read: {error.strerror}.") from error
    notes = [note for load in loads for note in notes_of(load.header, load.translator.counts)]
    is_catalogue = any(isinstance(header, Catalogue) for header in headers)
    return LoadSummary(files, by_table(files), (*warnings, *notes, *(() if is_catalogue else empty_tables(files))))


def _columns(table: SourceTable, headers: Sequence[Header]) -> tuple[str, ...]:
    """The contract's columns, those that only the files know (in the spelling that comes first), and the loader's own two."""
    extra: dict[str, str] = {}
    for header in headers:
        if header.table == table:
            for name in header.unknown_columns:
                extra.setdefault(name.casefold(), name)
    return (*table.columns, *extra.values(), SOURCE_FILE, SOURCE_LINE)


def _marked(header: Header, load_id: str) -> tuple[str, ...]:
    """What is put on record of a file."""
    used = json.dumps(header.used_columns, ensure_ascii=False)
    return (header.path.name, header.table.name, header.encoding, load_id, used)


class Translator(Protocol):
    """What turns the rows of a file into rows of the source's tables, without file and line, and counts as it goes."""

    counts: Counter[str]

    def rows_of(self, row: Row) -> Iterable[SourceRow]:
        """Return the rows that follow from a row of the file, the one of the file's own table first."""


class OwnRows:
    """Puts the cells of a file in the source's own format into the order of its table."""

    def __init__(self, header: Header, columns: Sequence[str]) -> None:
        self.counts: Counter[str] = Counter()
        self._table = header.table.name
        place = {name.casefold(): index for index, name in enumerate(header.columns)}
        self._title = place["name"] if header.table == BOOK else None
        # A column that the file lacks takes the null behind the last cell.
        self._cells_of: Callable[[list[Cell]], tuple[Cell, ...]] = itemgetter(
            *(place.get(name.casefold(), -1) for name in columns[:-2])
        )

    def rows_of(self, row: Row) -> Iterable[SourceRow]:
        """Return the row."""
        row.cells.append(None)
        if self._title is not None:
            count_title(self.counts, row.cells[self._title])
        return ((self._table, self._cells_of(row.cells)),)


def _translators(headers: Sequence[Header], columns: Mapping[str, Sequence[str]], *, trusts_ids: bool) -> list[Translator]:
    ids, translators = MadeIds(), list[Translator]()
    # The same number in two files is mostly not the same book.
    is_alone = sum(header.table == BOOK for header in headers) == 1
    for header in headers:
        if isinstance(header, Catalogue):
            trusted = trusts_ids or is_alone or header.export.has_global_ids
            translators.append(CatalogueRows(header, columns[BOOK.name], ids, trusts_ids=trusted))
        else:
            translators.append(OwnRows(header, columns[header.table.name]))
    return translators


@dataclass
class _FileLoad:
    """The load of one file into the tables that its rows belong to."""

    header: Header
    translator: Translator
    columns: Mapping[str, Sequence[str]]
    database: SourceDatabase
    report: Callable[[LoadProgress], None]
    line_count: int = 0
    loaded: Counter[str] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    waiting: dict[str, list[tuple[Cell, ...]]] = field(default_factory=lambda: defaultdict(list))

    def run(self) -> FileSummary:
        """Load the file."""
        with self.header.path.open("rb", buffering=0) as file:
            lines = lines_of(file, self.header.encoding)
            above = next(line.number for line in lines if line.number == self.header.line) - 1
            reader = RowReader(lines, self.header.delimiter, self.header.names)
            self._load(reader, file)
        table = self.header.table.name
        return FileSummary(
            self.header.path.name,
            table,
            self.header.encoding,
            self.loaded[table],
            dict(self.rejects),
            above + reader.blank_lines,
            self.line_count - self.loaded[table] - self.rejects.total(),
            {other: count for other, count in self.loaded.items() if other not in (table, LOAD_REJECT.name)},
        )

    def _load(self, reader: RowReader, file: BinaryIO) -> None:
        name, waiting_rows, waiting_size = self.header.path.name, 0, 0
        for item in reader:
            self.line_count += item.line_count
            if isinstance(item, Reject):
                self.rejects[item.reason] += 1
                self.waiting[LOAD_REJECT.name].append((name, str(item.line), item.reason, item.text))
                waiting_size += len(item.text)
            else:
                for table, cells in self.translator.rows_of(item):
                    self._add(table, cells, (name, str(item.line)))
                waiting_size += item.size
            waiting_rows += 1
            if waiting_rows >= ROWS_PER_INSERT or waiting_size >= CHARACTERS_PER_INSERT:
                self._insert(file)
                waiting_rows = waiting_size = 0
        self._insert(file)

    def _add(self, table: str, cells: tuple[Cell, ...], where: tuple[str, str]) -> None:
        """Let a row wait; columns that only other files of its table have are null."""
        missing = len(self.columns[table]) - len(cells) - len(where)
        self.waiting[table].append((*cells, *(None,) * missing, *where))

    def _insert(self, file: BinaryIO) -> None:
        for table, rows in self.waiting.items():
            self.database.insert(table, rows)
            self.loaded[table] += len(rows)
            rows.clear()
        path = self.header.path
        self.report(LoadProgress(path.name, file.tell(), path.stat().st_size, self.loaded[self.header.table.name]))
