"""What every model has to beat: popularity, and cosines of co-likes. The published model is in ease.py."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from elt_pipeline.recommender.ease import co_likes, strongest

KNN_NEIGHBOURS = 100


def popularity(liked: csr_array) -> NDArray[np.float64]:
    """Return for each work how many readers liked it. ``liked`` is readers × works."""
    counts: NDArray[np.float64] = np.asarray(liked.sum(axis=0), dtype=np.float64).ravel()
    return counts


def knn_weights(liked: csr_array, shrink: float) -> csr_array:
    """Return works × works, the cosine of the works' readers damped by ``shrink``; the 100 most alike of each work."""
    counts = co_likes(liked)
    lengths = np.sqrt(counts.diagonal())
    pairs = counts.tocoo()
    apart = pairs.row != pairs.col
    rows, columns = pairs.row[apart], pairs.col[apart]
    cosines = pairs.data[apart] / (lengths[rows] * lengths[columns] + shrink)
    alike = csr_array((cosines, (rows, columns)), shape=counts.shape)
    return strongest(alike.toarray(), KNN_NEIGHBOURS)
