"""Tests of the closed form of EASE and of what is kept of it."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from elt_pipeline.recommender import ease
from elt_pipeline.recommender.ease import co_likes, ease_weights, strongest

LIKED = csr_array(np.array([[1, 1, 0], [1, 1, 1], [0, 0, 1.0]]))


def test_co_likes_count_the_readers_of_both_works() -> None:
    assert co_likes(LIKED).toarray().tolist() == [[2, 2, 1], [2, 2, 1], [1, 1, 2]]


def test_the_weights_are_those_of_the_general_inverse() -> None:
    precision = np.linalg.inv(co_likes(LIKED).toarray() + 0.5 * np.eye(3))
    expected = -precision / np.diag(precision)
    np.fill_diagonal(expected, 0)
    np.testing.assert_allclose(ease_weights(co_likes(LIKED), 0.5), expected, atol=1e-12)


def test_the_weights_are_right_across_blocks_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    liked = csr_array((np.random.default_rng(1).random((60, 23)) < 0.3).astype(float))
    whole, kept = ease_weights(co_likes(liked), 3), strongest(ease_weights(co_likes(liked), 3), 4)
    monkeypatch.setattr(ease, "BLOCK", 5)
    np.testing.assert_array_equal(ease_weights(co_likes(liked), 3), whole)
    assert (strongest(whole, 4) != kept).nnz == 0


@pytest.mark.parametrize("l2", [0, -1])
def test_a_weight_decay_that_is_not_positive_is_refused(l2: float) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        ease_weights(co_likes(LIKED), l2)


def test_no_works_have_no_weights() -> None:
    nothing = ease_weights(csr_array((0, 0)), 1)
    assert strongest(nothing, 128).shape == (0, 0)


def test_the_largest_amounts_of_either_sign_are_kept_to_six_decimals() -> None:
    weights = np.array([[0, -0.5, 0.1234567, 0.2], [1e-9, 0, 0, 0], [0.1, 0.1, 0, 0.1], [0, 0, 0, 0]])
    kept = strongest(weights, 3)
    assert kept.toarray().tolist() == [[0, -0.5, 0.123457, 0.2], [0, 0, 0, 0], [0.1, 0.1, 0, 0.1], [0, 0, 0, 0]]
    assert kept.nnz == 6
    assert strongest(weights, 1).toarray().tolist()[0] == [0, -0.5, 0, 0]
