"""Recommendations and likenesses say why, and what they say adds up."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

Ask = Callable[..., list[dict[str, Any]]]
Tables = dict[str, list[dict[str, Any]]]

RECOMMEND = "select * from recommend_for(%s::bigint[], %s::bigint[], %s::integer)"
SIX_PLACES = Decimal("0.000001")


def weights_between(tables: Tables, one: int, other: int) -> dict[str, Decimal]:
    """What two works have in common, from the rows of gold alone: 10 readers until trusted, 0.1 for a shared author."""
    readers = {
        work_id: {row["reader_id"] for row in tables["ratings_by_work"] if row["work_id"] == work_id and row["stars"] >= 4}
        for work_id in (one, other)
    }
    authors = {
        work_id: {row["author_id"] for row in tables["work_authors"] if row["work_id"] == work_id} for work_id in (one, other)
    }
    shared, mean = len(readers[one] & readers[other]), Decimal(len(readers[one]) * len(readers[other])).sqrt()
    weights = {"readers": (shared / (mean + 10)).quantize(SIX_PLACES, ROUND_HALF_UP)} if shared else {}
    return weights | ({"author": Decimal("0.1")} if authors[one] & authors[other] else {})


@pytest.mark.parametrize(
    ("liked", "disliked"),
    [([3], []), ([3, 10, 20], []), ([3, 20], [50]), ([3, 20], [21]), ([3], [20]), ([3, 40], [10, 20]), ([50, 40], [10])],
    ids=str,
)
def test_every_score_and_reason_can_be_recomputed_from_the_ratings(
    ask: Ask, gold_rows: Tables, liked: list[int], disliked: list[int]
) -> None:
    signs = dict.fromkeys(liked, 1) | dict.fromkeys(disliked, -1)
    expected = {}
    for candidate in {row["work_id"] for row in gold_rows["works"]} - set(signs):
        terms = {
            (work_id, kind): sign * weight
            for work_id, sign in signs.items()
            for kind, weight in weights_between(gold_rows, work_id, candidate).items()
        }
        if sum(terms.values()) > 0:
            positive = sum(term for term in terms.values() if term > 0)
            expected[candidate] = (
                float(sum(terms.values())),
                {key: (float(round(abs(term) / positive, 6)), "for" if term > 0 else "against") for key, term in terms.items()},
            )
    found = {
        row["work_id"]: (
            row["score"],
            {(reason["work_id"], reason["kind"]): (reason["share"], reason["direction"]) for reason in row["reasons"]},
        )
        for row in ask(RECOMMEND, [liked, disliked, 100])
    }
    assert found == expected
    assert found


def test_the_reasons_for_a_book_are_named_and_add_up_to_one(ask: Ask) -> None:
    best = ask(RECOMMEND, [[3, 20], [], 1])[0]
    assert [(reason["title"], reason["kind"], reason["direction"]) for reason in best["reasons"]] == [
        ("Harry Potter and the Sorcerer's Stone", "readers", "for"),
        ("Harry Potter and the Sorcerer's Stone", "author", "for"),
        ("Dune", "readers", "for"),
    ]
    assert sum(reason["share"] for reason in best["reasons"]) == pytest.approx(1, abs=1e-5)


def test_of_many_reasons_the_five_largest_are_listed_in_falling_order(ask: Ask) -> None:
    best = ask(RECOMMEND, [[4, 5, 10, 20, 21], [], 1])[0]
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


def test_similar_books_share_readers_or_an_author_and_are_not_the_book_itself(ask: Ask) -> None:
    rows = ask("select * from similar_to(3)")
    assert [(row["work_id"], row["score"], row["reason"]) for row in rows] == [
        (4, 0.260649, "readers author"),
        (20, 0.153846, "readers"),
        (5, 0.1, "author"),
        (10, 0.085237, "readers"),
        (21, 0.080325, "readers"),
    ]


@pytest.mark.parametrize("work_id", [999, None, 93], ids=["unknown", "none", "without authors and readers"])
def test_nothing_is_similar_to_what_shares_nothing(ask: Ask, work_id: int | None) -> None:
    assert ask("select * from similar_to(%s::bigint)", [work_id]) == []
