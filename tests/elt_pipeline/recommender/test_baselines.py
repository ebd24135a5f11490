"""Tests of popularity and of the cosines of co-likes."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from elt_pipeline.recommender.baselines import knn_weights, popularity

LIKED = csr_array(np.array([[1, 1, 0], [1, 1, 1], [0, 0, 1], [1, 0, 0.0]]))


def test_popularity_counts_the_readers_of_a_work() -> None:
    assert popularity(LIKED).tolist() == [3, 2, 2]


@pytest.mark.parametrize("shrink", [0, 5])
def test_a_cosine_is_damped_by_the_shrink_and_no_work_is_its_own_neighbour(shrink: float) -> None:
    pair, lone = round(2 / (6**0.5 + shrink), 6), round(1 / (6**0.5 + shrink), 6)
    half = round(1 / (2 + shrink), 6)
    assert knn_weights(LIKED, shrink).toarray().tolist() == [[0, pair, lone], [pair, 0, half], [lone, half, 0]]
