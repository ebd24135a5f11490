"""The catalogue's answers, kept for a minute, and the connections that they come by. What they look like belongs to pages."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from catalogue.asking import CatalogueUnavailable
from catalogue.book import Book, find_book
from catalogue.connecting import ConnectionPool
from catalogue.for_you import Recommendation, recommend
from catalogue.picked import NamedBook, name_books
from catalogue.search import FoundBook, WellKnownBook, example_searches, search_books, well_known_books
from catalogue.similar import SimilarBook, similar_books

KEPT_SECONDS = 60
KEPT_ANSWERS = 1_000
MUCH_READ = 12
RECOMMENDED = 12


@st.cache_resource
def connection_pool(url: str) -> ConnectionPool:
    """Return the connections that all readers of the app share."""
    return ConnectionPool(url)


def catalogue_pool() -> ConnectionPool:
    """Return the connections to the database that the secrets file names. Raises ``CatalogueUnavailable`` where it names none."""
    try:
        url = st.secrets["warehouse"]["url"]
    except (FileNotFoundError, KeyError) as error:
        raise CatalogueUnavailable("The app was started without a database: start it with `booklake serve`.") from error
    return connection_pool(url)


@st.cache_data(ttl=KEPT_SECONDS, max_entries=KEPT_ANSWERS, show_spinner=False)
def found_books(query: str, *, literally: bool = False, max_results: int = 20) -> list[FoundBook]:
    """Return what matches the query, best first. Raises ``CatalogueUnavailable``, which is not kept."""
    with catalogue_pool().lend() as connection:
        return search_books(connection, query, max_results, literally=literally)


@st.cache_data(ttl=KEPT_SECONDS, show_spinner=False)
def examples() -> list[str]:
    """Return searches that find something. Raises ``CatalogueUnavailable``, which is not kept."""
    with catalogue_pool().lend() as connection:
        return example_searches(connection)


@st.cache_data(ttl=KEPT_SECONDS, show_spinner=False)
def much_read_books() -> list[WellKnownBook]:
    """Return the books that most have rated. Raises ``CatalogueUnavailable``, which is not kept."""
    with catalogue_pool().lend() as connection:
        return well_known_books(connection, MUCH_READ)


@st.cache_data(ttl=KEPT_SECONDS, max_entries=KEPT_ANSWERS, show_spinner=False)
def book_and_similar(work_id: int) -> tuple[Book, list[SimilarBook]] | None:
    """Return the book and what resembles it; None where it is not known. Raises ``CatalogueUnavailable``, which is not kept."""
    with catalogue_pool().lend() as connection:
        book = find_book(connection, work_id)
        return (book, similar_books(connection, book.work_id, max_results=8)) if book else None


@dataclass(frozen=True)
class ForReader:
    """The picked books that the catalogue has, and what follows from them."""

    liked: tuple[NamedBook, ...]
    disliked: tuple[NamedBook, ...]
    recommended: tuple[Recommendation, ...]


def for_reader(liked: Sequence[int], disliked: Sequence[int]) -> ForReader:
    """Return what follows for a reader of these work_ids, asked anew each time: what a reader picks is kept nowhere.

    Raises ``CatalogueUnavailable``.
    """
    with catalogue_pool().lend() as connection:
        likes, dislikes = name_books(connection, liked), name_books(connection, disliked)
        known_likes, known_dislikes = [book.work_id for book in likes], [book.work_id for book in dislikes]
        recommended = recommend(connection, known_likes, known_dislikes, RECOMMENDED)
        return ForReader(tuple(likes), tuple(dislikes), tuple(recommended))
