"""The headings of the catalogues that people have, as data: exports of known programs, and what columns are called elsewhere."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dataset.loading import foreign_cells
from dataset.loading.csv_reader import Cell

# What a person can map a heading to; what each becomes is in catalogue_rows.
FIELDS = (
    *("title", "authors", "isbn", "publisher", "year", "month", "day", "date", "language", "pages", "description"),
    *("series", "series_number", "rating", "my_rating", "id", "genres", "link"),
)
ALSO_CALLED = {"author": "authors", "genre": "genres"}

# All headings of these that a file has are used; of the others the first.
FROM_SEVERAL = ("authors", "isbn", "genres")


@dataclass(frozen=True)
class Export:
    """The form of a catalogue: how it is known, and for each field its headings, the first that is there being the one."""

    name: str
    # A file has this form where it has all of the first, and one of the second where there are any.
    has_all: tuple[str, ...]
    has_one: tuple[str, ...]
    headings: Mapping[str, tuple[str, ...]]
    # They take the cells of their field's headings, None for a heading that the file lacks.
    authors_of: Callable[[Sequence[Cell]], Cell] = foreign_cells.plain_authors
    genres_of: Callable[[Sequence[Cell]], list[str]] = foreign_cells.plain_list
    # Whether its ids mean the same book in every file.
    has_global_ids: bool = False


GOODREADS = Export(
    name="a Goodreads export",
    has_all=("book id", "title", "author l f"),
    has_one=(),
    headings={
        "id": ("book id",),
        "title": ("title",),
        "authors": ("author", "additional authors"),
        "isbn": ("isbn13", "isbn"),
        "publisher": ("publisher",),
        "year": ("year published",),
        "pages": ("number of pages",),
        "rating": ("average rating",),
        "my_rating": ("my rating",),
        "genres": ("bookshelves", "exclusive shelf"),
    },
    authors_of=foreign_cells.goodreads_authors,
    genres_of=foreign_cells.goodreads_shelves,
    has_global_ids=True,
)
LIBRARYTHING = Export(
    name="a LibraryThing export",
    has_all=("book id", "title", "primary author"),
    has_one=(),
    headings={
        "id": ("book id",),
        "title": ("title",),
        "authors": ("primary author", "secondary author", "secondary author roles"),
        "isbn": ("isbn", "isbns"),
        "publication": ("publication",),
        "date": ("date",),
        "language": ("languages",),
        "pages": ("page count",),
        "my_rating": ("rating",),
        "genres": ("tags", "subjects"),
    },
    authors_of=foreign_cells.librarything_authors,
    genres_of=foreign_cells.librarything_subjects,
)
CALIBRE = Export(
    name="a Calibre catalogue",
    has_all=("title", "authors"),
    has_one=("author sort", "title sort", "uuid", "library name", "series index", "ondevice"),
    headings={
        "id": ("id",),
        "title": ("title",),
        "authors": ("authors", "author sort"),
        "isbn": ("isbn", "identifiers"),
        "publisher": ("publisher",),
        "date": ("pubdate",),
        "language": ("languages",),
        "series": ("series",),
        "series_number": ("series index",),
        "rating": ("rating",),
        "genres": ("tags",),
        "description": ("comments",),
    },
    authors_of=foreign_cells.calibre_authors,
)
# Any other catalogue, the columns of the source's own format among its headings.
ANY_OTHER = Export(
    name="a catalogue",
    has_all=(),
    has_one=(),
    headings={
        "id": ("id", "book id", "bookid"),
        "title": (
            *("title", "book title", "booktitle", "name", "book name", "titel", "buchtitel", "titre", "título", "titulo"),
            *("titolo", "tytuł", "название"),
        ),
        "authors": (
            *("author", "authors", "author name", "author(s)", "additional authors", "autor", "autoren", "verfasser"),
            *("autores", "auteur", "auteurs", "autore", "autori"),
        ),
        "isbn": ("isbn13", "isbn 13", "isbn", "isbn10", "isbn 10", "isbn/uid", "ean"),
        "publisher": ("publisher", "verlag", "éditeur", "editorial", "editore", "uitgever", "editora"),
        "year": (
            *("publishyear", "year", "year published", "publication year", "published year", "publish year", "pub year"),
            *("jahr", "erscheinungsjahr", "année", "año", "anno", "ano"),
        ),
        "month": ("publishmonth", "month", "publication month"),
        "day": ("publishday", "day", "publication day"),
        "date": (
            "publication date",
            "publish date",
            "date published",
            "published",
            "pubdate",
            "release date",
            "erscheinungsdatum",
        ),
        "language": ("language", "languages", "language code", "lang", "sprache", "langue", "idioma", "lingua", "taal"),
        "pages": (
            "pagesnumber",
            "pages",
            "page count",
            "number of pages",
            "num pages",
            "seiten",
            "seitenzahl",
            "páginas",
            "pagine",
        ),
        "description": ("description", "summary", "synopsis", "blurb", "beschreibung"),
        "series": ("series", "series name", "reihe", "serie", "série"),
        "series_number": ("series number", "series index", "number in series", "volume number", "band", "bandnummer"),
        "rating": ("rating", "average rating", "avg rating"),
        "my_rating": ("my rating", "star rating", "own rating", "meine bewertung"),
        "genres": (
            *("genres", "genre", "tags", "categories", "category", "subjects", "subject", "bookshelves", "shelves"),
            *("schlagworte", "keywords"),
        ),
        "link": ("link", "url", "download link"),
    },
)
# In the order in which they are tried: the last fits every file.
EXPORTS = (GOODREADS, LIBRARYTHING, CALIBRE, ANY_OTHER)

KNOWN_HEADINGS = frozenset(heading for export in EXPORTS for headings in export.headings.values() for heading in headings)


def plain_heading(name: str) -> str:
    """The heading as the tables above spell it: ``Author_L-F`` is ``author l f``."""
    return re.sub(r"[\s_.:-]+", " ", name).strip().casefold()


def export_of(headings: Sequence[str]) -> Export:
    """The form of a catalogue with these plain headings."""
    has = set(headings)
    return next(
        export
        for export in EXPORTS
        if has.issuperset(export.has_all) and (not export.has_one or not has.isdisjoint(export.has_one))
    )
