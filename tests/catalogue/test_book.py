"""Tests of one book: its parts in their order, and which address leads to it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from psycopg import Connection

from catalogue.book import Author, Book, Edition, find_book, work_id_of

BEST = Edition(
    edition_id=22,
    title="Harry Potter and the Order of the Phoenix",
    publish_year=2004,
    publisher="Scholastic Inc.",
    language_code="eng",
    page_count=870,
    isbn10="0439358078",
    isbn13="9786500000012",
    description="There is a door. <b>Bold</b> *claims*",
    rating_count=2357437,
    is_best_edition=True,
    grouping_rule="same_title_and_author",
    grouping_evidence="title=harry potter and the order of the phoenix author=j k rowling",
)
PORTUGUESE = Edition(
    edition_id=21,
    title="Harry Potter e a Ordem da Fénix",
    publish_year=2003,
    publisher="Presença",
    language_code="por",
    page_count=750,
    isbn10=None,
    isbn13=None,
    description="Uma descrição.",
    rating_count=1200,
    is_best_edition=False,
    grouping_rule="stated_title",
    grouping_evidence="title=<b>e a ordem author=j k rowling name=order",
)
BARE = replace(
    BEST,
    edition_id=20,
    publish_year=None,
    publisher=None,
    language_code=None,
    page_count=None,
    isbn10=None,
    isbn13=None,
    description=None,
    rating_count=None,
    is_best_edition=False,
)
BOOK = Book(
    work_id=2,
    title="Harry Potter and the Order of the Phoenix",
    author_names="J.K. Rowling",
    series_name="Harry Potter",
    series_number="5",
    language_code="eng",
    first_publish_year=2003,
    rating_count=2358637,
    average_stars=Decimal("4.50"),
    authors=(Author(10, "J.K. Rowling"),),
    editions=(BEST, PORTUGUESE, BARE),
    genres=(),
    downloads=(),
    own_description=None,
)


def test_a_book_has_its_authors_and_its_editions_best_first(app: Connection) -> None:
    assert find_book(app, 2) == BOOK


def test_authors_stand_in_the_order_of_the_title_page(app: Connection) -> None:
    book = find_book(app, 5)
    assert book is not None
    assert [author.name for author in book.authors] == ["Terry Pratchett", "Neil Gaiman"]


def test_a_book_has_its_genres_its_links_and_its_own_description(app: Connection) -> None:
    book = find_book(app, 5)
    assert book is not None
    assert book.genres == ("Comedy", "Fantasy")
    assert set(book.downloads) == {
        "https://books.example/<omens>.epub",
        "http://books.example/plain.epub",
        "javascript:alert(1)",
    }
    assert book.description == "A *comedy* of the end."


def test_a_book_without_authors_has_none(app: Connection) -> None:
    book = find_book(app, 3)
    assert book is not None
    assert (book.authors, book.author_names) == ((), None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(20, 2, id="merged twice over"),
        pytest.param(200, 2, id="merged once"),
        pytest.param(5, 5, id="published again since"),
        pytest.param(77, None, id="redirects in a circle"),
        pytest.param(90, None, id="redirect to a vanished book"),
        pytest.param(999, None, id="never known"),
    ],
)
def test_a_redirect_is_followed_to_a_published_book(app: Connection, asked: int, found: int | None) -> None:
    book = find_book(app, asked)
    assert (book.work_id if book else None) == found


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        pytest.param((BEST, PORTUGUESE), BEST.description, id="the best edition's"),
        pytest.param((BARE, PORTUGUESE), "Uma descrição.", id="the next one's"),
        pytest.param((BARE,), None, id="none"),
    ],
)
def test_the_description_is_that_of_the_best_edition_that_has_one(editions: tuple[Edition, ...], expected: str | None) -> None:
    assert replace(BOOK, editions=editions).description == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", 2),
        ("-3", -3),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", None),
        ("", None),
        ("2 or 1=1", None),
        ("٢", None),
        ("1e3", None),
        ("2\n", None),
        ("9" * 5_000, None),
    ],
)
def test_only_a_whole_number_of_the_key_s_size_names_a_book(text: str, expected: int | None) -> None:
    assert work_id_of(text) == expected
