"""Tests of the one weight of a pair: by hand, which kind it is, and what is kept."""

import polars as pl
import pytest

from elt_pipeline.recommender.blend import Blend, blend, rank_pairs

EASE = pl.DataFrame({"work_id": [1, 1], "similar_work_id": [2, 3], "ease": [0.3, -0.2]})
CONTENT = pl.DataFrame(
    {"work_id": [1, 1, 4], "similar_work_id": [2, 4, 1], "cosine": [0.5, 0.8, 0.8], "shared": ["genre G", "author A", "author A"]}
)
EVIDENCE = pl.DataFrame({"work_id": [1, 2, 3], "co_ratings": [15, 5, 20]})


def test_a_pair_trusts_its_ratings_as_far_as_its_less_read_work_is_read() -> None:
    found = blend(EASE, CONTENT, EVIDENCE, Blend(half_trusted_at=5, content_scale=0.2))
    assert found.sort("work_id", "similarity_rank").rows() == [
        (1, 2, "ratings", None, 0.2, 1),  # 1/2 of 0.3 and of 0.2 · 0.5.
        (1, 4, "content", "author A", 0.16, 2),  # Nobody has read 4.
        (1, 3, "ratings", None, -0.15, 3),  # 3/4 of -0.2.
        (4, 1, "content", "author A", 0.16, 1),
    ]


def test_the_kind_is_that_of_the_larger_part() -> None:
    (row,) = blend(EASE.head(1), CONTENT.head(1), EVIDENCE, Blend(half_trusted_at=5, content_scale=1)).rows()
    assert row == (1, 2, "content", "genre G", 0.4, 1)


def test_works_that_nobody_rated_are_alike_by_content_alone() -> None:
    found = blend(EASE.clear(), CONTENT, EVIDENCE.clear(), Blend(content_scale=0.1))
    assert found["kind"].unique().to_list() == ["content"]
    assert found.sort("work_id", "similarity_rank")["weight"].to_list() == [0.08, 0.05, 0.08]


def test_the_128_largest_amounts_of_either_sign_are_kept_and_ranked_by_weight() -> None:
    pairs = pl.DataFrame(
        {"work_id": [1] * 200, "similar_work_id": range(2, 202), "weight": [(-1) ** n * n / 1000 for n in range(1, 201)]}
    )
    found = rank_pairs(pairs)
    assert found["similarity_rank"].to_list() == list(range(1, 129))
    assert found["weight"].abs().min() == 0.073
    assert found["weight"].to_list() == sorted(found["weight"], reverse=True)


@pytest.mark.parametrize("descending", [True, False])
def test_of_equal_weights_the_earlier_work_comes_first_in_any_order_of_rows(descending: bool) -> None:
    pairs = pl.DataFrame({"work_id": [1] * 130, "similar_work_id": range(2, 132), "weight": [0.5] * 130})
    found = rank_pairs(pairs.sort("similar_work_id", descending=descending))
    assert found["similar_work_id"].to_list() == list(range(2, 130))
