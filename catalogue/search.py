"""Finding books by words and as a reader types; how words are compared is decided in the database."""

import re
from dataclasses import dataclass
from decimal import Decimal

from psycopg import Connection

from catalogue.asking import asking

QUERY_CHARACTERS = 200
MOST_SEARCHED = 100  # The most that the database's function answers.


@dataclass(frozen=True)
class FoundBook:
    """A work that matches, with what a list shows of it."""

    work_id: int
    title: str
    authors: str | None
    score: float
    matched_edition_id: int | None
    match_reason: str | None
    corrected_query: str | None  # What was searched instead, where the query itself was thought misspelt.
    series_name: str | None
    series_number: str | None
    first_publish_year: int | None  # Negative before the common era.
    edition_count: int
    rating_count: int
    average_stars: Decimal | None
    genres: str | None  # By name, joined by a comma.


@dataclass(frozen=True)
class Suggestion:
    """A work whose title or author goes on as the reader has begun to type."""

    work_id: int
    title: str
    authors: str | None


@dataclass(frozen=True)
class WellKnownBook:
    """A work that many have rated."""

    work_id: int
    title: str
    authors: str | None
    isbn13: str | None


def search_books(connection: Connection, query: str, max_results: int = 20, *, literally: bool = False) -> list[FoundBook]:
    """Return the works that match, best first; empty where none does. Raises ``CatalogueUnavailable``.

    ``literally``: only those that have all the words in the very spelling that was asked for.
    """
    sql = """
        select found.work_id, found.title, found.authors, found.score, found.matched_edition_id, found.match_reason,
            found.corrected_query, books.series_name, books.series_number, books.first_publish_year,
            books.edition_count, books.rating_count, books.average_stars, books.genres
        from recommendations.search_books(%(query)s, %(searched)s) with ordinality as found
        inner join recommendations.books as books on found.work_id = books.work_id
        where not %(literally)s or found.match_reason is distinct from 'similar'
        order by found.ordinality
        limit %(max_results)s
    """
    asked = {
        "query": askable(query),
        "max_results": max_results,
        "searched": MOST_SEARCHED if literally else max_results,
        "literally": literally,
    }
    with asking(connection, FoundBook) as question:
        return question.execute(sql, asked).fetchall()


def suggest(connection: Connection, prefix: str, max_results: int = 10) -> list[Suggestion]:
    """Return works to offer while a reader types, best first. Raises ``CatalogueUnavailable``."""
    sql = "select work_id, title, authors from recommendations.suggest(%(prefix)s, %(max_results)s)"
    with asking(connection, Suggestion) as question:
        return question.execute(sql, {"prefix": askable(prefix), "max_results": max_results}).fetchall()


def well_known_books(connection: Connection, max_results: int = 3) -> list[WellKnownBook]:
    """Return the most rated books; empty where there is none. Raises ``CatalogueUnavailable``."""
    sql = """
        select work_id, title, authors, isbn13
        from recommendations.books
        order by rating_count desc, work_id
        limit %(max_results)s
    """
    with asking(connection, WellKnownBook) as question:
        return question.execute(sql, {"max_results": max_results}).fetchall()


def example_searches(connection: Connection) -> list[str]:
    """Return searches that find something in this catalogue, one of them misspelt; empty where it has no books.

    Raises ``CatalogueUnavailable``.
    """
    known = well_known_books(connection)
    searches = [_misspelt(known[0].title)] if known else []
    searches += [book.authors.split(",")[0] for book in known[1:2] if book.authors]
    return searches + [book.isbn13 for book in known if book.isbn13][:1]


def _misspelt(title: str) -> str:
    """The title, lower-case, with the third letter of its longest word left out."""
    longest = max(title.lower().split(), key=len)
    return title.lower().replace(longest, longest[:2] + longest[3:], 1)


def askable(text: str) -> str:
    """The reader's words in a form that Postgres can hold: no control characters or halves of surrogate pairs, not endless."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+", " ", text).strip()[:QUERY_CHARACTERS]
