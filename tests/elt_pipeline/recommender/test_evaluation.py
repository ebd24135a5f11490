"""Tests of the metrics on lists that can be counted by hand."""

import math

import numpy as np
import pytest
from scipy.sparse import csr_array

from elt_pipeline.recommender.evaluation import Judged, Scores, best_first, hold_out, judge, ndcg, recall, summary

# Works 0 to 4 are ranked 4, 3, 2, 1, 0 for everybody.
INPUTS = csr_array(np.array([[0, 0, 0, 0, 1.0], [1, 0, 0, 0, 0]]))
TARGETS = csr_array(np.array([[0, 1, 0, 1.0, 0], [0, 0, 0, 1, 0]]))


def falling(inputs: csr_array) -> Scores:
    return np.tile(np.arange(5.0), (inputs.shape[0], 1))


def test_what_the_reader_is_known_to_like_is_not_ranked() -> None:
    found = judge(falling, Judged(INPUTS, TARGETS))
    # The first reader's list is 3, 2, 1, 0; the second's 4, 3, 2, 1.
    first = (1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    np.testing.assert_allclose(found["ndcg@10"], [first, 1 / math.log2(3)])
    np.testing.assert_allclose(found["ndcg@100"], found["ndcg@10"])
    assert found["recall@20"].tolist() == [1, 1]
    assert found["coverage@20"].tolist() == [1]


def test_recall_and_the_ideal_list_are_cut_at_the_length() -> None:
    hits = np.zeros((1, 100), dtype=bool)
    hits[0, [0, 30]] = True
    thirty = np.array([30])
    assert recall(hits, thirty, 20).tolist() == [1 / 20]
    assert recall(hits, thirty, 50).tolist() == [2 / 30]
    assert ndcg(hits, thirty, 10)[0] == pytest.approx(1 / sum(1 / math.log2(rank + 1) for rank in range(1, 11)))


def test_a_fifth_of_each_readers_likes_is_held_out_rounded_up() -> None:
    liked = csr_array(np.array([[1, 1, 1, 1, 1, 0], [1, 1, 1, 1, 1, 1.0]]))
    lots = np.array([0.5, 0.1, 0.9, 0.2, 0.3, 0.6, 0.7, 0.05, 0.8, 0.9, 0.01])
    held = hold_out(liked, lots)
    assert held.targets.toarray().tolist() == [[0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 1]]
    assert (held.inputs + held.targets).toarray().tolist() == liked.toarray().tolist()


def test_of_equal_scores_the_earlier_work_is_first() -> None:
    assert best_first(np.array([[0.0, 2, 1, 2, 1]]), 3).tolist() == [[1, 3, 2]]
    assert best_first(np.zeros((1, 4)), 100).tolist() == [[0, 1, 2, 3]]


def test_a_mean_comes_with_the_half_width_of_its_interval() -> None:
    found = summary(np.array([0.0, 1.0, 0.0, 1.0]))
    assert (found.mean, round(found.margin, 4)) == (0.5, 0.5658)
    assert summary(np.array([0.25])).margin == 0
