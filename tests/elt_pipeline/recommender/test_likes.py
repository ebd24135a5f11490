"""Tests of likes as a matrix, and of the lots that keep readers apart."""

import hashlib
import random

import polars as pl

from elt_pipeline.recommender.likes import likes_from, lot_of, lots_of_likes

ROWS = [("b", 7, 5), ("a", 7, 4), ("a", 3, 3), ("c", 3, 2), ("b", 9, 4), ("b", 9, 5)]


def ratings(rows: list[tuple[str, int, int]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["reader_id", "work_id", "stars"], orient="row")


def test_four_and_five_stars_are_likes_in_the_order_of_the_ids() -> None:
    likes = likes_from(ratings(ROWS), 4)
    assert (likes.reader_ids, likes.work_ids.tolist()) == (("a", "b"), [7, 9])
    assert likes.matrix.toarray().tolist() == [[1, 0], [1, 1]]


def test_the_order_of_the_rows_does_not_matter(rng: random.Random) -> None:
    one, other = likes_from(ratings(ROWS), 4), likes_from(ratings(rng.sample(ROWS, len(ROWS))), 4)
    assert (one.matrix != other.matrix).nnz == 0
    assert lots_of_likes(one).tolist() == lots_of_likes(other).tolist()


def test_no_rating_at_all_gives_an_empty_matrix() -> None:
    assert likes_from(ratings(ROWS).clear(), 4).matrix.shape == (0, 0)


def test_a_readers_lot_is_the_hash_of_the_id() -> None:
    digest = hashlib.sha256(b"rating:2").hexdigest()
    assert lot_of("rating:2") == int(digest, 16) % 20


def test_readers_can_be_chosen_by_their_lots() -> None:
    likes = likes_from(ratings(ROWS), 4)
    chosen = likes.of_readers(likes.in_lots({lot_of("b")}))
    assert (chosen.reader_ids, chosen.matrix.toarray().tolist()) == (("b",), [[1, 1]])
    assert chosen.work_ids.tolist() == [7, 9]


def test_the_lot_of_a_like_stays_when_other_readers_come() -> None:
    alone = likes_from(ratings([row for row in ROWS if row[0] == "b"]), 4)
    assert lots_of_likes(likes_from(ratings(ROWS), 4)).tolist()[1:] == lots_of_likes(alone).tolist()
