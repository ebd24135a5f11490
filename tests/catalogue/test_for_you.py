"""Tests of recommendations: their reasons, what is disliked, merged works, and a reader who says nothing."""

from dataclasses import replace

from psycopg import Connection

from catalogue.for_you import Reason, Recommendation, recommend

BECAUSE = Reason(
    work_id=1,
    title="Harry Potter and the Half-Blood Prince",
    share=1.0,
    kind="content",
    direction="for",
    judgement="liked",
    shared="author J.K. Rowling",
    term=0.25,
)


def test_a_recommendation_names_the_liked_book_behind_it(app: Connection) -> None:
    assert recommend(app, liked=[1]) == [
        Recommendation(2, "Harry Potter and the Order of the Phoenix", "J.K. Rowling", 1.0, (BECAUSE,))
    ]


def test_a_reason_is_said_in_words() -> None:
    read = replace(BECAUSE, kind="ratings", shared=None, share=0.846)
    assert BECAUSE.in_words == "100 % because you liked Harry Potter and the Half-Blood Prince (author J.K. Rowling)"
    assert read.in_words == "85 % because you liked Harry Potter and the Half-Blood Prince"
    assert replace(read, judgement="disliked", title="Emma").in_words == "85 % because you did not like Emma"
    assert replace(read, direction="against", title="Emma").in_words == "against it: you liked Emma"


def test_a_disliked_book_does_not_come_back(app: Connection) -> None:
    assert recommend(app, liked=[1], disliked=[2]) == []


def test_a_book_that_was_merged_into_another_counts_as_that_one(app: Connection) -> None:
    assert recommend(app, liked=[200]) == recommend(app, liked=[2])
    assert recommend(app, liked=[1], disliked=[20]) == []


def test_a_reader_who_likes_nothing_gets_no_recommendation(app: Connection) -> None:
    assert recommend(app, liked=()) == []


def test_ids_of_the_key_s_full_size_can_be_liked(app: Connection) -> None:
    assert recommend(app, liked=[2**63 - 1, 1], max_results=1)[0].work_id == 2
