"""EASE: item-item weights in closed form, and what is kept of them. Who the readers are, and how good it is, belong elsewhere."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import csr_array

Weights = NDArray[np.float64]

# Rows that are handled at once where a whole matrix would need a second one of its size.
BLOCK = 512
# Weights are kept to so many decimals: what differs beyond is the order in which a processor adds.
DECIMALS = 6


def co_likes(liked: csr_array) -> csr_array:
    """Return works × works, how many readers liked both, on the diagonal the work itself. ``liked`` is readers × works."""
    return (liked.T @ liked).tocsr()


def ease_weights(counts: csr_array, l2: float) -> Weights:
    """Return the item-item weights of EASE, works × works, diagonal zero, entries of either sign; row i is what a like of i adds.

    ``counts`` is as ``co_likes`` gives it. Raises ``ValueError`` unless ``l2`` is positive: without it the inverse may not exist.
    Needs 8 bytes for each pair of works: 3.2 GB for 20,000. In float32 it would be half, but weights would be off by 5e-5.
    Closed form of Steck (2019), "Embarrassingly Shallow Autoencoders for Sparse Data".
    """
    if l2 <= 0:
        raise ValueError(f"l2 is {l2}, but must be positive: without it the inverse may not exist.")
    inverse: Weights = counts.toarray(order="F")
    np.fill_diagonal(inverse, inverse.diagonal() + l2)
    # The matrix is positive definite, so both steps work in place on one triangle: a third of the work of a general inverse.
    factor, refused = dpotrf(inverse, lower=True, overwrite_a=True)
    if refused == 0 and len(factor):
        inverse, refused = dpotri(factor, lower=True, overwrite_c=True)
    if refused:
        raise ValueError(f"Likes of {counts.shape[0]} works cannot be inverted with l2 {l2}: choose a larger one.")
    _mirror_lower_triangle(inverse)
    inverse /= -inverse.diagonal()
    np.fill_diagonal(inverse, 0.0)
    return inverse


def strongest(weights: Weights, count: int) -> csr_array:
    """Return of each row the ``count`` entries of the largest amount, rounded to six decimals; zeros are not kept."""
    blocks = [_strongest_of(weights[start : start + BLOCK], count) for start in range(0, len(weights), BLOCK)]
    if not blocks:
        return csr_array(weights.shape)
    columns, values, lengths = (np.concatenate(part) for part in zip(*blocks, strict=True))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return csr_array((values, columns, starts), shape=weights.shape)


def _strongest_of(rows: Weights, count: int) -> tuple[NDArray[np.int64], Weights, NDArray[np.int64]]:
    rounded = np.round(rows, DECIMALS)
    kept = min(count, rows.shape[1])
    columns = np.argpartition(-np.abs(rounded), kept - 1, axis=1)[:, :kept]
    columns.sort(axis=1)
    values = np.take_along_axis(rounded, columns, axis=1)
    is_kept = values != 0
    return columns[is_kept], values[is_kept], is_kept.sum(axis=1)


def _mirror_lower_triangle(square: Weights) -> None:
    for start in range(0, len(square), BLOCK):
        end = start + BLOCK
        corner = square[start:end, start:end]
        corner[:] = np.tril(corner) + np.tril(corner, -1).T
        square[start:end, end:] = square[end:, start:end].T
