"""Recommendations and likenesses say why, and what they say adds up."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

Ask = Callable[..., list[dict[str, Any]]]
Tables = dict[str, list[dict[str, Any]]]

RECOMMEND = "select * from recommend_for(%s::bigint[], %s::bigint[], %s::integer)"


@pytest.mark.parametrize(
    ("liked", "disliked"),
    [
        ([3], []),
        ([3, 10, 20], []),
        ([3, 20], [50]),
        ([3, 20], [21]),
        ([3], [20]),
        ([3, 40], [10, 20]),
        ([50, 40], [10]),
        ([3], [51]),
    ],
    ids=str,
)
def test_every_score_and_reason_can_be_recomputed_from_the_table(
    ask: Ask, gold_rows: Tables, liked: list[int], disliked: list[int]
) -> None:
    signs = dict.fromkeys(liked, 1) | dict.fromkeys(disliked, -1)
    terms: dict[int, dict[int, Decimal]] = {}
    for row in gold_rows["similar_works"]:
        if row["work_id"] in signs and row["similar_work_id"] not in signs:
            term = signs[row["work_id"]] * Decimal(str(row["weight"]))
            terms.setdefault(row["similar_work_id"], {})[row["work_id"]] = term
    expected = {}
    for candidate, by_work in terms.items():
        if sum(by_work.values()) > 0:
            positive = sum(term for term in by_work.values() if term > 0)
            told = {work: (float(term), float(round(abs(term) / positive, 6))) for work, term in by_work.items()}
            expected[candidate] = (float(sum(by_work.values())), told)
    rows = ask(RECOMMEND, [liked, disliked, 100])
    found = {
        row["work_id"]: (row["score"], {reason["work_id"]: (reason["term"], reason["share"]) for reason in row["reasons"]})
        for row in rows
    }
    assert found == expected
    assert found
    told_apart = {(reason["work_id"], reason["judgement"]) for row in rows for reason in row["reasons"]}
    assert told_apart <= {(work, "liked") for work in liked} | {(work, "disliked") for work in disliked}


def test_the_reasons_for_a_book_are_named_and_add_up_to_one(ask: Ask) -> None:
    best = ask(RECOMMEND, [[3, 20], [], 2])[1]
    assert (best["title"], best["score"]) == ("Harry Potter and the Half-Blood Prince", 0.42)
    assert best["reasons"] == [
        reason(3, "Harry Potter and the Sorcerer's Stone", share=0.714286, term=0.3),
        reason(20, "Dune", share=0.285714, term=0.12),
    ]


def test_a_likeness_of_content_says_what_is_shared(ask: Ask) -> None:
    (best,) = ask(RECOMMEND, [[10], [3, 20], 1])
    shared = {"kind": "content", "shared": "author Orson Scott Card"}
    assert best["reasons"] == [reason(10, "Ender's Game", share=1, term=0.2) | shared]


def test_a_disliked_book_speaks_for_what_its_readers_dislike_and_a_liked_one_against_it(ask: Ask) -> None:
    disliked = {"judgement": "disliked"}
    rows = {row["work_id"]: row["reasons"] for row in ask(RECOMMEND, [[3], [51], 100])}
    assert rows[20] == [
        reason(3, "Harry Potter and the Sorcerer's Stone", share=0.714286, term=0.15),
        reason(51, "Pride and Prejudice", share=0.285714, term=0.06) | disliked,
    ]
    rows = {row["work_id"]: row["reasons"] for row in ask(RECOMMEND, [[4, 51], [], 100])}
    against = reason(51, "Pride and Prejudice", share=0.5, term=-0.06) | {"direction": "against"}
    assert rows[20][1] == against


def reason(work_id: int, title: str, *, share: float, term: float) -> dict[str, Any]:
    told = {"work_id": work_id, "title": title, "share": share, "term": term}
    return told | {"kind": "ratings", "direction": "for", "judgement": "liked", "shared": None}


def test_of_many_reasons_the_five_largest_are_listed_in_falling_order(ask: Ask) -> None:
    best = ask(RECOMMEND, [[4, 5, 10, 20, 21, 51], [], 1])[0]
    shares = [reason["share"] for reason in best["reasons"]]
    assert (best["work_id"], len(shares)) == (3, 5)
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) < 1


def test_books_that_were_judged_never_come_back(ask: Ask) -> None:
    judged = {3, 20, 50}
    assert judged.isdisjoint(row["work_id"] for row in ask(RECOMMEND, [[3, 20], [50], 100]))


def test_a_disliked_book_lowers_what_resembles_it(ask: Ask) -> None:
    without, with_dislike = (
        {row["work_id"]: row["score"] for row in ask(RECOMMEND, [[3], disliked, 100])} for disliked in ([], [20])
    )
    assert 21 in without
    assert 21 not in with_dislike
    assert with_dislike[4] < without[4]


def test_a_book_both_liked_and_disliked_counts_for_neither(ask: Ask) -> None:
    assert ask(RECOMMEND, [[3, 20], [20], 100]) == [row for row in ask(RECOMMEND, [[3], [], 100]) if row["work_id"] != 20]


@pytest.mark.parametrize("liked", [None, [], [999], [None]], ids=str)
def test_nothing_is_recommended_where_nothing_is_known(ask: Ask, liked: list[int] | None) -> None:
    assert ask(RECOMMEND, [liked, [], 20]) == []


def test_repeated_and_unknown_books_change_nothing(ask: Ask) -> None:
    assert ask(RECOMMEND, [[3, 3, 999, None], None, 20]) == ask(RECOMMEND, [[3], [], 20])


def test_dislikes_and_count_may_be_left_out(ask: Ask) -> None:
    assert ask("select * from recommend_for(array[3::bigint])") == ask(RECOMMEND, [[3], [], 20])


@pytest.mark.parametrize(("asked", "given"), [(1, 1), (0, 1), (-7, 1), (None, 5), (2_147_483_647, 5)])
def test_any_count_of_recommendations_may_be_asked_for(ask: Ask, asked: int | None, given: int) -> None:
    assert len(ask(RECOMMEND, [[3], [], asked])) == given


def test_similar_books_come_by_rank_with_their_reason_and_none_that_readers_dislike(ask: Ask) -> None:
    rows = ask("select * from similar_to(3)")
    assert [(row["work_id"], row["score"], row["reason"], row["shared"]) for row in rows] == [
        (4, 0.3, "ratings", None),
        (20, 0.15, "ratings", None),
        (5, 0.1, "content", "author J.K. Rowling, series Harry Potter"),
        (10, 0.085237, "ratings", None),
        (21, 0.05, "ratings", None),
    ]


@pytest.mark.parametrize("work_id", [999, None, 93], ids=["unknown", "none", "like no other"])
def test_nothing_is_similar_to_what_shares_nothing(ask: Ask, work_id: int | None) -> None:
    assert ask("select * from similar_to(%s::bigint)", [work_id]) == []
