"""What a load tells of itself: how far it is, what became of each file, and what else a person should know."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dataset.loading.catalogue_rows import BOOKS, MADE_IDS, NO_DATE_READ, NOT_RATED, RATED, UNTITLED
from dataset.loading.catalogues import Catalogue
from dataset.loading.headers import Header, listed
from elt_pipeline.contracts.source import FILE_TABLES

MAP_EXAMPLE = "title=Titel,isbn=EAN"


@dataclass(frozen=True)
class LoadProgress:
    """How far one file is: bytes read of its bytes, and rows loaded from it."""

    file: str
    bytes_done: int
    bytes_total: int
    rows: int


@dataclass(frozen=True)
class FileSummary:
    """What became of the lines of one file: 1 header + rows + rejects + blank lines + further lines of rows and rejects = all.

    ``further_rows`` counts by table the rows that follow from those rows: of genres, of ratings, of links.
    """

    file: str
    table: str
    encoding: str
    rows: int
    rejects: Mapping[str, int]
    blank_lines: int
    continuation_lines: int
    further_rows: Mapping[str, int] = field(default_factory=dict)


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


def by_table(files: Sequence[FileSummary]) -> tuple[TableSummary, ...]:
    """Return what each table holds, in the contract's order."""
    summaries = []
    for table in FILE_TABLES:
        ours = [file for file in files if file.table == table.name]
        rejects: Counter[str] = Counter()
        for file in ours:
            rejects.update(file.rejects)
        further = [file for file in files if table.name in file.further_rows]
        count = sum(file.rows for file in ours) + sum(file.further_rows[table.name] for file in further)
        summaries.append(TableSummary(table.name, count, dict(rejects), tuple(file.file for file in (*ours, *further))))
    return tuple(summaries)


def notes_of(header: Header, counts: Mapping[str, int]) -> list[str]:
    """Return what a person should know of a file: what is unusual about it, and how a catalogue was read."""
    notes = _notes_of_catalogue(header, counts) if isinstance(header, Catalogue) else _notes_of_columns(header)
    if untitled := counts.get(UNTITLED):
        none = f"None of its books has a title. Say which column it is: --map {MAP_EXAMPLE}."
        some = f"{untitled:,} of its {counts[BOOKS]:,} books have no title. No refresh takes those."
        notes.append(f"{header.path.name}: {none if untitled == counts[BOOKS] else some}")
    if header.encoding == "cp1252":
        notes.append(f"{header.path.name} is not UTF-8 and was read as Windows-1252; if names look wrong, save it as UTF-8.")
    return notes


def _notes_of_columns(header: Header) -> list[str]:
    name, notes = header.path.name, []
    if header.unknown_columns:
        notes.append(f"{name} has columns that its table does not know; they are kept: {', '.join(header.unknown_columns)}.")
    if header.hidden_columns:
        hidden = ", ".join(header.hidden_columns)
        notes.append(f"{name} has columns that the loader fills itself; theirs are not loaded: {hidden}.")
    return notes


def _notes_of_catalogue(catalogue: Catalogue, counts: Mapping[str, int]) -> list[str]:
    name, names = catalogue.path.name, catalogue.names
    used = {what: [names[place] for place in places if place >= 0] for what, places in catalogue.places.items()}
    said = ", ".join(f"{what} from {' and '.join(headings)}" for what, headings in used.items())
    notes = [f"{name} was read as {catalogue.export.name}: {said}. What is wrong there, --map {MAP_EXAMPLE} puts right."]
    if catalogue.headings_of_no_field:
        notes.append(f"{name} has columns that no table knows; they are kept: {listed(catalogue.headings_of_no_field)}.")
    if counts.get(MADE_IDS):
        notes.append(f"{name}: {counts[MADE_IDS]:,} rows have no id of their own and get one made of what they say.")
    if "my_rating" in catalogue.places:
        rated, others = counts.get(RATED, 0), counts.get(NOT_RATED, 0)
        notes.append(f"{name}: its reader rated {rated:,} books; {others:,} are not rated and give no row of `rating`.")
    if counts.get(NO_DATE_READ):
        notes.append(f"{name}: {counts[NO_DATE_READ]:,} dates could not be read; what they say is kept beside.")
    return notes


def empty_tables(files: Sequence[FileSummary]) -> list[str]:
    """Return a sentence for each table without rows."""
    filled = {file.table for file in files if file.rows}
    absent = {table.name for table in FILE_TABLES} - {file.table for file in files}
    empty = [table for table in FILE_TABLES if table.name not in filled]
    return [
        f"{table.name} is empty: "
        + (f"there is no {table.file_prefix}*.csv." if table.name in absent else "its files hold no rows.")
        for table in empty
    ]
