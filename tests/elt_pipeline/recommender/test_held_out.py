"""Tests of the readers that are never fitted on, and of the published weights as a model."""

import polars as pl
from scipy.sparse import csr_array

from elt_pipeline.recommender.held_out import compare, held_out_readers, model_of
from elt_pipeline.recommender.likes import Likes, likes_from, lot_of

READERS = [f"rating:{number}" for number in range(200)]
# Each likes six works of the seven.
LIKES: Likes = likes_from(
    pl.DataFrame(
        [(reader, work, 5) for place, reader in enumerate(READERS) for work in range(1, 8) if work != place % 7 + 1],
        schema=["reader_id", "work_id", "stars"],
        orient="row",
    ),
    4,
)
CATALOGUE = pl.Series("work_id", range(10))


def test_the_readers_are_those_of_the_lots_and_their_columns_the_catalogue() -> None:
    held_out = held_out_readers(LIKES, {0}, CATALOGUE)
    assert set(held_out.reader_ids) == {reader for reader in READERS if lot_of(reader) == 0}
    assert held_out.judged.inputs.shape == (len(held_out.reader_ids), 10)
    assert held_out.judged.targets.sum(axis=1).tolist() == [2.0] * len(held_out.reader_ids)
    assert held_out.judged.inputs.sum(axis=1).tolist() == [4.0] * len(held_out.reader_ids)


def test_other_readers_change_nothing_for_those_that_are_held_out() -> None:
    fewer = LIKES.of_readers(LIKES.in_lots({0, 1}))
    one, other = (held_out_readers(likes, {0}, CATALOGUE) for likes in (LIKES, fewer))
    assert one.reader_ids == other.reader_ids
    assert (one.judged.targets != other.judged.targets).nnz == 0


def test_readers_of_few_likes_are_not_judged_by() -> None:
    few = Likes(csr_array([[1.0, 1, 1, 1]]), ("rating:0",), LIKES.work_ids[:4])
    assert held_out_readers(few, range(20), CATALOGUE).reader_ids == ()


def test_published_pairs_are_compared_with_popularity_by_name_of_the_metric() -> None:
    held_out = held_out_readers(LIKES, {0, 1}, CATALOGUE)
    pairs = pl.DataFrame({"work_id": [1, 2], "similar_work_id": [2, 9], "weight": [0.5, -0.25]})
    scores = model_of(pairs, "weight", held_out)(csr_array([[0.0, 1, 1, 0, 0, 0, 0, 0, 0, 0]]))
    assert scores.tolist() == [[0, 0, 0.5, 0, 0, 0, 0, 0, 0, -0.25]]
    found = compare(pairs, LIKES.of_readers(~LIKES.in_lots({0, 1})), held_out)
    assert found.keys() == {"similar works", "popularity"}
    assert found["popularity"]["recall@20"].mean == 1
