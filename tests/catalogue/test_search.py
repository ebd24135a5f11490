"""Tests of finding books: what a found book carries, and which words may be asked."""

from decimal import Decimal

import pytest
from psycopg import Connection

from catalogue.asking import CatalogueUnavailable
from catalogue.connecting import connect
from catalogue.search import FoundBook, Suggestion, askable, example_searches, search_books, suggest
from elt_pipeline.storage.postgres.warehouse import Warehouse


def test_a_found_book_carries_what_a_list_shows(app: Connection) -> None:
    assert search_books(app, "order of the phoenix") == [
        FoundBook(
            work_id=2,
            title="Harry Potter and the Order of the Phoenix",
            authors="J.K. Rowling",
            score=2358637.0,
            matched_edition_id=22,
            match_reason="title",
            corrected_query=None,
            series_name="Harry Potter",
            series_number="5",
            first_publish_year=2003,
            edition_count=3,
            rating_count=2358637,
            average_stars=Decimal("4.50"),
            genres=None,
        )
    ]


def test_a_misspelt_query_tells_what_was_searched_instead(app: Connection) -> None:
    assert [(book.work_id, book.corrected_query) for book in search_books(app, "hary poter")] == [
        (2, "harry potter"),
        (1, "harry potter"),
    ]


def test_a_query_meant_to_the_letter_finds_no_other_spelling(app: Connection) -> None:
    assert search_books(app, "hary poter", literally=True) == []
    assert [book.work_id for book in search_books(app, "potter", max_results=1, literally=True)] == [2]


def test_found_books_keep_the_order_of_the_search(app: Connection) -> None:
    found = search_books(app, "o")
    assert [book.work_id for book in found] == [2, 1, 5, 3]
    assert search_books(app, "o", max_results=2) == found[:2]


@pytest.mark.parametrize("query", ["nowhere", "'; drop table recommendations.books; --", "%(query)s", "a\x00b", "x" * 300])
def test_a_query_that_matches_nothing_finds_no_book(app: Connection, query: str) -> None:
    assert search_books(app, query) == []


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        pytest.param("  Dune ", "Dune", id="spaces around"),
        pytest.param("a\x00b\tc\x85d", "a b c d", id="control characters"),
        pytest.param("a\ud800b", "a b", id="half of a surrogate pair"),
        pytest.param("Ἰλιάς 📚 می‌خواهم", "Ἰλιάς 📚 می‌خواهم", id="other scripts and joiners"),
        pytest.param("x" * 1_000_000, "x" * 200, id="endless"),
    ],
)
def test_words_are_asked_in_a_form_that_postgres_can_hold(typed: str, asked: str) -> None:
    assert askable(typed) == asked


def test_suggestions_go_on_as_the_reader_has_begun(app: Connection) -> None:
    assert suggest(app, "good") == [Suggestion(5, "Good Omens", "Terry Pratchett, Neil Gaiman")]
    assert suggest(app, "omens") == []


def test_examples_are_a_misspelt_title_an_author_and_an_isbn(app: Connection) -> None:
    assert example_searches(app) == ["harry potter and the order of the phenix", "J.K. Rowling", "9786500000012"]


def test_a_database_without_a_publication_is_unavailable_and_says_so(empty_warehouse: Warehouse) -> None:
    with (
        connect(empty_warehouse.url_for("app").get_secret_value()) as connection,
        pytest.raises(CatalogueUnavailable, match="not been published"),
    ):
        search_books(connection, "dune")
