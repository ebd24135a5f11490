"""Tests of the table as a whole on planted tastes: who is fitted on, what is chosen, and the order of rows."""

import random

import polars as pl
import pytest

from elt_pipeline.contracts.gold import SIMILAR_WORKS
from elt_pipeline.recommender import similar_works
from elt_pipeline.recommender.blend import Blend
from elt_pipeline.recommender.content import neighbours, vectorise
from elt_pipeline.recommender.held_out import held_out_readers
from elt_pipeline.recommender.likes import TEST_LOTS, VALIDATION_LOTS, likes_from, lot_of
from elt_pipeline.recommender.similar_works import choose_settings, find_similar_works

COLD = 41
WORKS = pl.LazyFrame({"work_id": range(1, 43)})
# Works 1 to 10 are of the first taste, 11 to 20 of the second and so on. Nobody has read 41 and 42.
FEATURES = pl.LazyFrame(
    [(work, f"author {(work - 1) // 10 if work < COLD else 0}", 2.0) for work in range(1, 43)],
    schema={"work_id": pl.Int64, "feature": pl.String, "weight": pl.Float64},
    orient="row",
)


def planted(readers: int) -> pl.DataFrame:
    rng = random.Random(3)  # noqa: S311 -- repeatable on purpose, nothing secret
    rows = []
    for reader in range(readers):
        taste = rng.randrange(4)
        liked = {10 * taste + place for place in rng.sample(range(1, 11), 6)}
        rows += [(f"rating:{reader}", work, 5 if work in liked else 2) for work in liked | set(rng.sample(range(1, 41), 3))]
    return pl.DataFrame(rows, schema=["reader_id", "work_id", "stars"], orient="row")


def found(ratings: pl.DataFrame) -> pl.DataFrame:
    table = find_similar_works(ratings.lazy(), WORKS, FEATURES).collect()
    SIMILAR_WORKS.check_polars(table.schema)
    return table.sort("work_id", "similarity_rank")


def test_works_of_one_taste_resemble_each_other_by_ratings() -> None:
    best = found(planted(300)).filter((pl.col("work_id") < COLD) & (pl.col("similarity_rank") <= 3))
    assert best.filter(pl.col("kind") == "ratings").height == best.height
    same = (best["work_id"] - 1) // 10 == (best["similar_work_id"] - 1) // 10
    assert same.mean() == 1


def test_works_that_nobody_read_resemble_others_by_content() -> None:
    cold = found(planted(300)).filter(pl.col("work_id") == COLD)
    assert cold["kind"].unique().to_list() == ["content"]
    assert cold["shared"].unique().to_list() == ["author 0"]
    assert set(cold["similar_work_id"]) == {*range(1, 11), 42}


def test_the_order_of_the_rows_does_not_matter() -> None:
    ratings = planted(120)
    shuffled = ratings.sample(fraction=1, shuffle=True, seed=2)
    assert found(shuffled).equals(found(ratings))


def test_test_readers_are_never_fitted_on() -> None:
    ratings = planted(120)
    is_test = pl.col("reader_id").map_elements(lambda reader: lot_of(reader) in TEST_LOTS, return_dtype=pl.Boolean)
    others = ratings.filter(~is_test)
    assert others.height < ratings.height
    assert found(others).equals(found(ratings))


def test_without_ratings_all_is_content_and_without_features_all_is_ratings() -> None:
    assert set(found(planted(1).clear())["kind"]) == {"content"}
    table = find_similar_works(planted(300).lazy(), WORKS, FEATURES.clear()).collect()
    assert set(table["kind"]) == {"ratings"}
    nothing = find_similar_works(planted(1).clear().lazy(), WORKS, FEATURES.clear()).collect()
    assert nothing.is_empty()


@pytest.mark.parametrize(("readers", "scale"), [(40, 0.05), (600, 0.2)], ids=["too few readers", "enough readers"])
def test_content_weighs_as_much_as_it_can_without_a_loss_where_enough_readers_tell(readers: int, scale: float) -> None:
    likes, works = likes_from(planted(readers), 4), WORKS.collect().to_series()
    of_no_taste = FEATURES.with_columns(feature="author " + (pl.col("work_id") % 10).cast(pl.String)).collect()
    training = likes.of_readers(~likes.in_lots(TEST_LOTS | VALIDATION_LOTS))
    validation = held_out_readers(likes, VALIDATION_LOTS, works)
    chosen = choose_settings(training, validation, neighbours(vectorise(works, of_no_taste)))
    assert (chosen.l2, chosen.blend) == (200.0, Blend(half_trusted_at=5.0, content_scale=scale))


def test_works_beyond_the_limit_are_left_to_content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar_works, "MOST_WORKS", 5)
    table = found(planted(300))
    assert table.filter(pl.col("kind") == "ratings")["work_id"].n_unique() == 5
