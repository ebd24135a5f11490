"""The catalogue's answers, kept for a minute, and the connections that they come by. What they look like belongs to pages."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from catalogue.asking import CatalogueUnavailable
from catalogue.book import Book, find_book
from catalogue.cards import Card, Row, answer_card, read_cards
from catalogue.connecting import ConnectionPool
from catalogue.for_you import Recommendation, recommend
from catalogue.ledger import SourceRow, TableBalance, balances, rows_behind
from catalogue.picked import NamedBook, name_books
from catalogue.search import FoundBook, WellKnownBook, example_searches, search_books, well_known_books
from catalogue.similar import SimilarBook, similar_books
from catalogue.trust import CheckResult, MadeUp, Run, Timing, last_checks, last_runs, last_success, last_timings, made_up

KEPT_SECONDS = 60
COUNTED_SECONDS = 3_600
FRESH_SECONDS = 5  # Of runs people want to see the end.
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


@dataclass(frozen=True)
class Evidence:
    """What speaks for trusting the published data, or against it."""

    balances: tuple[TableBalance, ...]
    last_success: Run | None
    checks: tuple[CheckResult, ...]
    timings: tuple[Timing, ...]
    runs: tuple[Run, ...]
    made_up: MadeUp


@st.cache_data(ttl=FRESH_SECONDS, show_spinner=False)
def evidence() -> Evidence:
    """Return what is known of the published data and of the last run. Raises ``CatalogueUnavailable``, which is not kept."""
    with catalogue_pool().lend() as connection:
        return Evidence(
            tuple(balances(connection)),
            last_success(connection),
            tuple(last_checks(connection)),
            tuple(last_timings(connection)),
            tuple(last_runs(connection)),
            made_up(connection),
        )


@st.cache_data(ttl=FRESH_SECONDS, max_entries=20, show_spinner=False)
def source_rows(source_table: str, outcome: str, reason: str) -> list[SourceRow]:
    """Return the rows behind a number of the ledger. Raises ``CatalogueUnavailable``, which is not kept."""
    with catalogue_pool().lend() as connection:
        return rows_behind(connection, source_table, outcome, reason)


@st.cache_data(show_spinner=False)
def cards() -> list[Card]:
    """Return the questions that are drawn as charts, by their places. Raises ``CardUnreadable``, which is not kept."""
    return read_cards()


def card_rows(name: str) -> list[Row]:
    """Return what the card of this name draws, counted anew after each run. Raises ``CatalogueUnavailable``."""
    return card_rows_as_of(latest_run(), name)


@st.cache_data(ttl=FRESH_SECONDS, show_spinner=False)
def latest_run() -> str:
    """Return what tells the last run, and whether it has ended. Raises ``CatalogueUnavailable``, which is not kept."""
    with catalogue_pool().lend() as connection:
        return repr(last_runs(connection, max_results=1))


@st.cache_data(ttl=COUNTED_SECONDS, max_entries=KEPT_ANSWERS, show_spinner=False)
def card_rows_as_of(run: str, name: str) -> list[Row]:  # noqa: ARG001 -- what is kept is of this run
    """Return what the card draws after that run: all books are counted for it, which in a large library takes seconds."""
    card = next(card for card in cards() if card.name == name)
    with catalogue_pool().lend() as connection:
        return answer_card(connection, card)
