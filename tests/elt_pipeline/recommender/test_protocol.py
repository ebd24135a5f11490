"""Tests of the evaluation as a whole on planted tastes: who is split, what is dropped, who wins."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from elt_pipeline.recommender import protocol
from elt_pipeline.recommender.protocol import TooFewReaders, evaluate


def planted(readers: int) -> csr_array:
    """Readers of one of four tastes of ten works each, of whom they like seven, beside two of the others."""
    rng = np.random.default_rng(7)
    liked = np.zeros((readers, 40))
    for reader in range(readers):
        taste = rng.integers(4) * 10
        liked[reader, taste + rng.permutation(10)[:7]] = 1
        liked[reader, rng.permutation(40)[:2]] = 1
    return csr_array(liked)


def told(_: str) -> None:
    """Say nothing."""


def test_models_that_know_tastes_beat_popularity_on_planted_tastes() -> None:
    found = evaluate(planted(200), range(2), told)
    ndcg = {figure.model: figure.mean for figure in found.figures if figure.metric == "ndcg@10"}
    assert ndcg["EASE, 128 per work"] > 2 * ndcg["popularity"]
    assert ndcg["item kNN"] > 2 * ndcg["popularity"]


def test_readers_are_split_into_disjoint_parts_and_counted() -> None:
    liked = planted(100)
    few = csr_array(np.vstack([liked.toarray(), np.eye(40)[:3]]))
    counts = evaluate(few, [0], told).counts[0]
    assert (counts.training_readers, counts.validation_readers, counts.test_readers) == (70, 10, 20)
    assert counts.dropped_readers_of_few_likes == 3


def test_the_same_seed_gives_the_same_figures_and_another_gives_others() -> None:
    liked = planted(60)
    assert evaluate(liked, [1], told) == evaluate(liked, [1], told)
    assert evaluate(liked, [1], told).figures != evaluate(liked, [2], told).figures


def test_works_beyond_the_limit_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MOST_WORKS", 30)
    counts = evaluate(planted(100), [0], told).counts[0]
    assert (counts.works, counts.dropped_works_beyond_limit) == (30, 10)
    assert counts.dropped_unknown_targets > 0


def test_too_few_readers_are_refused_with_how_many_are_needed() -> None:
    with pytest.raises(TooFewReaders, match="19 readers have 5 likes or more, but at least 20 are needed"):
        evaluate(planted(19), [0], told)
