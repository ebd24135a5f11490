"""Which files of a folder are loaded, and what each holds: by its name in the source's own format, else by its headings."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from dataset.loading.catalogues import read_catalogue
from dataset.loading.headers import Header, header_of, read_header, read_top, required_columns, what_to_do
from dataset.loading.load_errors import FolderUnusable, NotInTheFormat
from elt_pipeline.contracts.source import BOOK, table_of_file

SUFFIXES = (".csv", ".tsv")


def find_files(place: Path, mapping: Mapping[str, str]) -> tuple[list[Header], list[str]]:
    """Return the files of a folder, or the one file, with what they hold, and a warning for each that is not loaded.

    Files are known by their names (`book*.csv`, `rating*.csv` …); only in a folder without `book*.csv` others are looked at too.
    ``mapping`` names headings by field for all files of books. Raises ``FolderUnusable`` where there is no file of books,
    ``NotInTheFormat`` for one that is none, ``OSError`` for one that cannot be read.
    """
    if place.is_file():
        return [_single_file(place, mapping)], []
    tables = [(path, table_of_file(path.name)) for path in _paths(place)]
    named = [(path, table) for path, table in tables if table]
    others = [path for path, table in tables if not table]
    files = [_book_file(path, mapping) if table == BOOK else read_header(path, table) for path, table in named]
    if BOOK in (table for _, table in named):
        return files, [f"{path.name} is not loaded: its name fits no table." for path in others]
    catalogues, refusals = _catalogues(others, mapping)
    if not catalogues:
        raise FolderUnusable(
            f"The folder {place} has no book*.csv, and no other CSV file with a column of titles. {' '.join(refusals)}".strip()
        )
    return [*catalogues, *files], refusals


def _paths(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    except OSError as error:
        raise FolderUnusable(
            f"{folder} cannot be read: {error.strerror}. Name a folder with book*.csv in it, or a CSV file with titles in it."
        ) from error


def _single_file(path: Path, mapping: Mapping[str, str]) -> Header:
    table = table_of_file(path.name)
    if table is not None and table != BOOK:
        # A line of it that is no row would be counted under the table of its name.
        raise FolderUnusable(
            f"{path.name} has the name of a file of table {table.name}, which cannot be loaded without books. "
            f"If it holds books, name it otherwise, for example my_{path.name}."
        )
    return _book_file(path, mapping)


def _book_file(path: Path, mapping: Mapping[str, str]) -> Header:
    """The file as one of the source's own format where it is named and headed so, else as a catalogue."""
    if table_of_file(path.name) == BOOK and not mapping:
        known = {column.casefold() for column in BOOK.columns}
        top = read_top(path, lambda name: name.casefold() in known, what_to_do(BOOK))
        if {name.casefold() for name in top.names}.issuperset(name.casefold() for name in required_columns(BOOK)):
            return header_of(top, BOOK)
    return read_catalogue(path, mapping)


def _catalogues(paths: Sequence[Path], mapping: Mapping[str, str]) -> tuple[list[Header], list[str]]:
    found: list[Header] = []
    refusals = []
    for path in paths:
        try:
            found.append(read_catalogue(path, mapping))
        except NotInTheFormat as error:
            refusals.append(f"{path.name} is not loaded: {error}")
    return found, refusals
