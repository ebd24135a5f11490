"""Questions to the catalogue from a terminal: how it is reached, and what the demo asks. The answers belong to catalogue/."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from psycopg import Connection

from catalogue.book import find_book, work_id_of
from catalogue.connecting import connect
from catalogue.for_you import Recommendation, recommend
from catalogue.ledger import LedgerRow, row_ledger
from catalogue.search import FoundBook, example_searches, search_books, well_known_books
from elt_pipeline.session import open_warehouse
from elt_pipeline.settings import Settings

EXAMPLE_RESULTS = 5
# Among so many well-known books one is by another author than the book that was searched.
WELL_KNOWN = 50


@dataclass(frozen=True)
class Examples:
    """What the demo shows: the ledger, a misspelt search, and recommendations for a reader of some of what it found."""

    ledger: list[LedgerRow]
    query: str
    found: list[FoundBook]
    liked: dict[int, str]
    recommended: list[Recommendation]


@contextmanager
def asking(settings: Settings) -> Iterator[Connection]:
    """Give a connection with the app's role, the private Postgres held running meanwhile. Raises ``CatalogueUnavailable``."""
    with open_warehouse(settings) as warehouse, connect(warehouse.url_for("app").get_secret_value()) as connection:
        yield connection


def named_books(connection: Connection, names: tuple[str, ...]) -> dict[int, str]:
    """Return the title of each named book by its work_id; a name is a work_id or what a search finds first."""
    found: dict[int, str] = {}
    for name in names:
        work_id = work_id_of(name)
        book = find_book(connection, work_id) if work_id is not None else None
        known = book or next(iter(search_books(connection, name, 1)), None)
        if known is None:
            raise click.ClickException(f"No book is found for {name!r}. Try `booklake search` with other words.")
        found[known.work_id] = known.title
    return found


def example_answers(connection: Connection) -> Examples:
    """Return what the demo shows; parts are empty where the catalogue has no books."""
    query = next(iter(example_searches(connection)), "")
    found = search_books(connection, query, EXAMPLE_RESULTS)
    known = [book for book in well_known_books(connection, WELL_KNOWN) if book.authors not in {one.authors for one in found}]
    liked = {book.work_id: book.title for book in found[:1]} | {book.work_id: book.title for book in known[:1]}
    return Examples(row_ledger(connection), query, found, liked, recommend(connection, list(liked), (), EXAMPLE_RESULTS))
