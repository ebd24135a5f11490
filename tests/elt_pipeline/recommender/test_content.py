"""Tests of likenesses of content: the cosine by hand, bounds, ties, blocks and order."""

import math
import random

import polars as pl
import pytest

from elt_pipeline.recommender import content
from elt_pipeline.recommender.content import neighbours, vectorise

ROWS = [
    (1, "author A", 2.0), (1, "word dune", 1.0),
    (2, "author A", 2.0), (2, "word messiah", 1.0),
    (3, "word dune", 1.0), (3, "word buggy", 1.0),
    (4, "word alone", 1.0),
]  # fmt: skip
WORKS = pl.Series("work_id", [1, 2, 3, 4, 5])


def table(rows: list[tuple[int, str, float]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"work_id": pl.Int64, "feature": pl.String, "weight": pl.Float64}, orient="row")


def found(rows: list[tuple[int, str, float]], works: pl.Series = WORKS) -> list[tuple[int, int, float, str]]:
    return neighbours(vectorise(works, table(rows))).sort("work_id", "similar_work_id").rows()


def test_the_cosine_of_two_works_is_that_of_their_tf_idf_vectors() -> None:
    two, one = (math.log(6 / (1 + works)) + 1 for works in (2, 1))
    first, second = math.hypot(2 * two, two), math.hypot(2 * two, one)
    third = math.hypot(two, one)
    by_author, by_word = round(4 * two**2 / (first * second), 6), round(two**2 / (first * third), 6)
    assert found(ROWS) == [
        (1, 2, by_author, "author A"),
        (1, 3, by_word, "word dune"),
        (2, 1, by_author, "author A"),
        (3, 1, by_word, "word dune"),
    ]


def test_the_order_of_rows_and_works_does_not_matter(rng: random.Random) -> None:
    shuffled = WORKS.sample(fraction=1, shuffle=True, seed=1)
    assert found(rng.sample(ROWS, len(ROWS)), shuffled) == found(ROWS)


def test_what_is_shared_is_named_with_the_heaviest_first_and_three_at_most() -> None:
    names = ["author A", "series S", "genre G", "word w"]
    rows = [(work, name, weight) for work in (1, 2) for name, weight in zip(names, (2.0, 1.5, 1.0, 0.5), strict=True)]
    assert found(rows)[0] == (1, 2, 1.0, "author A, series S, genre G")


def many(count: int) -> list[tuple[int, str, float]]:
    rng = random.Random(5)  # noqa: S311 -- repeatable on purpose, nothing secret
    return [(work, f"word {rng.randrange(30)}", 1.0) for work in range(count) for _ in range(4)]


def test_the_nearest_are_those_of_all_pairs_whatever_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    works = pl.Series("work_id", range(60))
    monkeypatch.setattr(content, "NEIGHBOURS", 5)
    vectors = vectorise(works, table(many(60))).vectors
    cosines = (vectors @ vectors.T).toarray().round(6)
    expected = []
    for work in range(60):
        others = sorted((other for other in range(60) if other != work), key=lambda other: (-cosines[work, other], other))
        expected += [(work, other, cosines[work, other]) for other in others[:5] if cosines[work, other] >= 0.05]
    whole = found(many(60), works)
    assert [row[:3] for row in whole] == sorted(expected)
    monkeypatch.setattr(content, "PRODUCTS_AT_ONCE", 50)
    assert found(many(60), works) == whole


def test_a_budget_leaves_features_of_many_works_out_of_the_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(work, "genre everywhere", 1.0) for work in range(1, 6)] + [(1, "author A", 2.0), (2, "author A", 2.0)]
    assert len(found(rows)) == 20
    monkeypatch.setattr(content, "PRODUCT_BUDGET", 10)
    assert [row[:2] for row in found(rows)] == [(1, 2), (2, 1)]
    assert found(rows)[0][3] == "author A, genre everywhere"


def test_more_works_have_fewer_neighbours_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_NEIGHBOUR_ROWS", 120)
    by_work = neighbours(vectorise(pl.Series("work_id", range(60)), table(many(60)))).group_by("work_id").len()
    assert by_work["len"].max() == 2


@pytest.mark.parametrize("works", [WORKS, WORKS.clear()], ids=["works without features", "no works"])
def test_works_that_share_nothing_have_no_neighbours(works: pl.Series) -> None:
    assert found([], works) == []
