"""Tests of similar books: their order, their reasons, and none."""

from psycopg import Connection

from catalogue.similar import SimilarBook, similar_books


def test_a_similar_book_comes_with_its_reason(app: Connection) -> None:
    assert similar_books(app, 1) == [SimilarBook(2, "Harry Potter and the Order of the Phoenix", "J.K. Rowling", 0.5, "author")]


def test_a_book_that_resembles_none_has_no_similar_books(app: Connection) -> None:
    assert similar_books(app, 4) == []


def test_no_more_books_are_given_than_asked_for(app: Connection) -> None:
    assert similar_books(app, 1, max_results=0) == []
