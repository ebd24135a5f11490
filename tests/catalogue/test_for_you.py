"""Tests of recommendations: their reasons, what is disliked, and a reader who says nothing."""

from psycopg import Connection

from catalogue.for_you import Reason, Recommendation, recommend


def test_a_recommendation_names_the_liked_book_behind_it(app: Connection) -> None:
    because = Reason(work_id=1, title="Harry Potter and the Half-Blood Prince", share=1.0, kind="author", direction="for")
    assert recommend(app, liked=[1]) == [
        Recommendation(2, "Harry Potter and the Order of the Phoenix", "J.K. Rowling", 1.0, (because,))
    ]


def test_a_disliked_book_does_not_come_back(app: Connection) -> None:
    assert recommend(app, liked=[1], disliked=[2]) == []


def test_a_reader_who_likes_nothing_gets_no_recommendation(app: Connection) -> None:
    assert recommend(app, liked=()) == []


def test_ids_of_the_key_s_full_size_can_be_liked(app: Connection) -> None:
    assert recommend(app, liked=[2**63 - 1, 1], max_results=1)[0].work_id == 2
