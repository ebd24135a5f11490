"""Tests of similar books: their order, their reasons, and none."""

from psycopg import Connection

from catalogue import similar
from catalogue.similar import SimilarBook, similar_books
from elt_pipeline.recommender import blend


def test_a_similar_book_comes_with_its_reason(app: Connection) -> None:
    found = similar_books(app, 1)
    shared = "author J.K. Rowling"
    assert found == [SimilarBook(2, "Harry Potter and the Order of the Phoenix", "J.K. Rowling", 0.5, "content", shared)]
    assert found[0].because == shared


def test_readers_in_common_are_said_in_words() -> None:
    assert SimilarBook(2, "Dune", None, 0.5, "ratings", None).because == "liked by the same readers"


def test_readers_in_common_have_the_name_that_the_recommender_gives_them() -> None:
    assert similar.RATINGS == blend.RATINGS


def test_a_book_that_was_merged_into_another_resembles_what_that_one_does(app: Connection) -> None:
    assert similar_books(app, 200) == similar_books(app, 2) != []


def test_a_book_that_resembles_none_has_no_similar_books(app: Connection) -> None:
    assert similar_books(app, 4) == []


def test_no_more_books_are_given_than_asked_for(app: Connection) -> None:
    assert similar_books(app, 1, max_results=0) == []
