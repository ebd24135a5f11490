"""How a row of a catalogue becomes rows of the source's tables. Which column is which belongs to catalogues."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from dataset.loading.book_ids import MadeIds
from dataset.loading.catalogues import Catalogue
from dataset.loading.csv_reader import Cell, Row
from dataset.loading.foreign_cells import first_isbn, language_of, publisher_of, titled_with_series, unwrapped, whole_stars
from dataset.loading.foreign_dates import NO_DATE, date_parts
from elt_pipeline.contracts.source import BOOK, BOOK_DOWNLOAD_LINK, BOOK_GENRE, GENRE, RATING

SourceRow = tuple[str, tuple[Cell, ...]]

# What tells one edition from another; from these the id of a book is made where its file gives none.
IDENTITY = ("Name", "Authors", "ISBN", "PublishYear", "PublishMonth", "PublishDay", "Publisher", "Language", "pagesNumber")
_ID = re.compile(r"^[1-9][0-9]{0,17}$")

# What is counted for a person.
MADE_IDS, RATED, NOT_RATED, NO_DATE_READ = "made_ids", "rated", "not_rated", "no_date_read"
BOOKS, UNTITLED = "books", "untitled"


def count_title(counts: Counter[str], title: Cell) -> None:
    """Count a book, and whether it has no title: no refresh takes it then."""
    counts[BOOKS] += 1
    counts[UNTITLED] += not (title or "").strip()


class CatalogueRows:
    """Turns each row of a catalogue into one row of `book` and those of the other tables that follow from it; counts as it goes.

    ``columns`` are those of the table `book` as it is loaded; the loader's own two, the last, are left to it. Ids are made by
    ``ids``; where ``trusts_ids``, only for rows that have none. A catalogue's own stars are those of one reader, named after the
    file.
    """

    def __init__(self, catalogue: Catalogue, columns: Sequence[str], ids: MadeIds, *, trusts_ids: bool) -> None:
        self.counts: Counter[str] = Counter()
        self._catalogue = catalogue
        self._ids = ids
        self._trusts_ids = trusts_ids
        self._file = catalogue.path.name
        kept = enumerate(catalogue.columns)
        place = {name.casefold(): at for at, name in kept if at not in catalogue.unused_places}
        self._taken = itemgetter(*(place.get(name.casefold(), -1) for name in columns[:-2]))
        self._at = {name: columns.index(name) for name in BOOK.columns}
        self._identity = itemgetter(*(self._at[name] for name in IDENTITY))
        self._read = [*self._readers()]
        self._genre_ids: dict[str, str] = {}

    def rows_of(self, row: Row) -> Iterator[SourceRow]:
        """Yield the row's rows, each with its table; that of the book comes first. ``row.cells`` gets a null behind its last."""
        cells = row.cells
        cells.append(None)
        values = list(self._taken(cells))
        for place, read, places in self._read:
            values[place] = read([cells[at] for at in places])
        self._fill_date(values, cells)
        self._fill_title(values, cells)
        count_title(self.counts, values[self._at["Name"]])
        values[self._at["Id"]] = book_id = self._id_of(values, cells)
        yield BOOK.name, tuple(values)
        yield from self._rating(book_id, cells)
        yield from self._genres_of(values[self._at["ISBN"]], cells)
        yield from self._link(values[self._at["ISBN"]], cells)

    def _readers(self) -> Iterator[tuple[int, Callable[[Sequence[Cell]], Cell], tuple[int, ...]]]:
        """For each column that is read out of cells: its place in the table, the function, and the places of the cells."""
        readers: dict[str, tuple[str, Callable[[Sequence[Cell]], Cell]]] = {
            "authors": ("Authors", self._catalogue.export.authors_of),
            "isbn": ("ISBN", first_isbn),
            "language": ("Language", lambda cells: language_of(cells[0])),
            "publication": ("Publisher", lambda cells: publisher_of(cells[0])),
        }
        for field, (column, read) in readers.items():
            if field in self._catalogue.places:
                yield self._at[column], read, self._catalogue.places[field]

    def _cell(self, field: str, cells: Sequence[Cell]) -> Cell:
        """The cell of a field that has one; None where the file does not have the field."""
        return cells[self._catalogue.places.get(field, (-1,))[0]]

    def _fill_date(self, values: list[Cell], cells: Sequence[Cell]) -> None:
        if "date" in self._catalogue.places:
            parts = date_parts(self._cell("date", cells))
            self.counts[NO_DATE_READ] += parts is None
            for name, part in zip(("PublishYear", "PublishMonth", "PublishDay"), parts or NO_DATE, strict=True):
                values[self._at[name]] = part

    def _fill_title(self, values: list[Cell], cells: Sequence[Cell]) -> None:
        if "series" in self._catalogue.places:
            series, number = self._cell("series", cells), self._cell("series_number", cells)
            values[self._at["Name"]] = titled_with_series(values[self._at["Name"]], series, number)

    def _id_of(self, values: Sequence[Cell], cells: Sequence[Cell]) -> str:
        given = unwrapped(self._cell("id", cells)) if self._trusts_ids else None
        if given and _ID.match(given):
            return given
        self.counts[MADE_IDS] += 1
        return self._ids.id_of(self._identity(values))

    def _rating(self, book_id: str, cells: Sequence[Cell]) -> Iterator[SourceRow]:
        if "my_rating" in self._catalogue.places:
            stars = whole_stars(self._cell("my_rating", cells))
            self.counts[RATED if stars else NOT_RATED] += 1
            if stars:
                yield RATING.name, (f"reader of {self._file}", book_id, stars)

    def _genres_of(self, isbn: Cell, cells: Sequence[Cell]) -> Iterator[SourceRow]:
        places = self._catalogue.places.get("genres", ())
        for name in self._catalogue.export.genres_of([cells[at] for at in places]) if places else ():
            key = name.casefold()
            if key not in self._genre_ids:
                self._genre_ids[key] = self._ids.id_of(("genre", key))
                yield GENRE.name, (self._genre_ids[key], name)
            yield BOOK_GENRE.name, (isbn, self._genre_ids[key])

    def _link(self, isbn: Cell, cells: Sequence[Cell]) -> Iterator[SourceRow]:
        if link := unwrapped(self._cell("link", cells)):
            yield BOOK_DOWNLOAD_LINK.name, (isbn, link)
