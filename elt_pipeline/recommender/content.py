"""Which works resemble each other by what they are: authors, series, genres and words. What readers like belongs elsewhere.

Cosines of TF-IDF vectors, in blocks of rows: nothing is kept of a block but its neighbours.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

# Multiplications that looking for candidates may cost in all: a minute. The rarest features are looked at first.
PRODUCT_BUDGET = 3_000_000_000
# Products of one block, 12 bytes each at most: 240 MB.
PRODUCTS_AT_ONCE = 20_000_000
# So many candidates for each neighbour are compared by all their features.
CANDIDATES_PER_NEIGHBOUR = 3
# Rows of all neighbours together: 20 for each of a million works, fewer where there are more.
MOST_NEIGHBOUR_ROWS = 20_000_000
NEIGHBOURS = 20
# Below, two works share little but a word.
LEAST_COSINE = 0.05
NAMED_FEATURES = 3


@dataclass(frozen=True)
class Features:
    """Works × features as unit vectors, the works in order of their ids, and each feature as people read it."""

    vectors: csr_array
    work_ids: NDArray[np.int64]
    names: pl.Series


def vectorise(work_ids: pl.Series, features: pl.DataFrame) -> Features:
    """Return the TF-IDF vectors of ``features``: rows of ``work_id``, ``feature`` (as people read it) and ``weight``.

    A feature's inverse document frequency is ln((1 + works) / (1 + works with it)) + 1; weights of rows that repeat are added.
    """
    works = pl.DataFrame({"work_id": work_ids.unique().sort()}).with_row_index("row")
    counted = features.group_by("feature").agg(pl.col("work_id").n_unique().alias("work_count")).sort("feature")
    known = counted.with_row_index("column")
    placed = features.join(works, on="work_id", how="inner").join(known, on="feature", how="inner").sort("row", "column")
    idf = np.log((1 + works.height) / (1 + placed["work_count"].to_numpy())) + 1
    pairs = (placed["row"].to_numpy(), placed["column"].to_numpy())
    vectors = csr_array((placed["weight"].to_numpy() * idf, pairs), shape=(works.height, known.height))
    vectors.sum_duplicates()
    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1), dtype=np.float64).ravel())
    scaled = (diags_array(1 / np.where(lengths > 0, lengths, 1)) @ vectors).tocsr()
    return Features(scaled, works["work_id"].to_numpy().astype(np.int64), known["feature"])


def neighbours(features: Features) -> pl.DataFrame:
    """Return the most alike works of each: ``work_id``, ``similar_work_id``, ``cosine`` and ``shared``, what it rests on most.

    20 at most of each work, of cosine 0.05 or more, fewer where more than a million works would have more than 20 million rows.
    Candidates share one of the features that few works have, as many of those as the budget allows; works that share but
    frequent features, such as a genre, are no candidates in a large catalogue.
    """
    wanted = max(1, min(NEIGHBOURS, MOST_NEIGHBOUR_ROWS // max(len(features.work_ids), 1)))
    rare = features.vectors[:, _rare_features(features.vectors)]
    turned = rare.T.tocsr()
    blocks = [
        _nearest(features, _candidates(rare[start:end] @ turned, start, wanted * CANDIDATES_PER_NEIGHBOUR), wanted)
        for start, end in _blocks(rare)
    ]
    schema = {"work_id": pl.Int64, "similar_work_id": pl.Int64, "cosine": pl.Float64, "shared": pl.String}
    return pl.concat([pl.DataFrame(schema=schema), *blocks])


def _rare_features(vectors: csr_array) -> NDArray[np.int64]:
    """The columns of features that two works have at least, the rarest first, as far as the budget reaches."""
    counts = np.bincount(vectors.indices, minlength=vectors.shape[1]).astype(np.int64)
    order = np.argsort(counts, kind="stable")
    order = order[counts[order] > 1]
    return np.sort(order[np.cumsum(counts[order] ** 2) <= PRODUCT_BUDGET])


def _blocks(rare: csr_array) -> Iterator[tuple[int, int]]:
    """Ranges of rows whose products with all others stay within what is computed at once; one row at least."""
    counts = np.bincount(rare.indices, minlength=rare.shape[1]).astype(np.int64)
    by_row = np.add.reduceat(np.append(counts[rare.indices], 0), rare.indptr[:-1]) * (np.diff(rare.indptr) > 0)
    ends = np.cumsum(by_row)
    start = 0
    while start < rare.shape[0]:
        done = ends[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(ends, done + PRODUCTS_AT_ONCE, side="right")))
        yield start, end
        start = end


def _candidates(products: csr_array, start: int, wanted: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows and columns of the ``wanted`` largest products of each row but with itself; the earlier of equal ones."""
    rows, columns = [], []
    for place, (begin, end) in enumerate(zip(products.indptr[:-1], products.indptr[1:], strict=True)):
        found, values = products.indices[begin:end], products.data[begin:end]
        if len(found) > wanted + 1:
            least = np.partition(values, len(values) - wanted - 1)[len(values) - wanted - 1]
            found, values = found[values >= least], values[values >= least]
            found = found[np.lexsort((found, -values))[: wanted + 1]]
        found = found[found != start + place]
        rows.append(np.full(len(found), start + place))
        columns.append(found)
    return np.concatenate(rows).astype(np.int64), np.concatenate(columns).astype(np.int64)


def _nearest(features: Features, pairs: tuple[NDArray[np.int64], NDArray[np.int64]], wanted: int) -> pl.DataFrame:
    """The ``wanted`` nearest of the candidate pairs of each row, by all features."""
    rows, columns = pairs
    terms = features.vectors[rows].multiply(features.vectors[columns]).tocsr()
    cosines = np.asarray(terms.sum(axis=1), dtype=np.float64).ravel().round(6)
    order = np.lexsort((columns, -cosines, rows))
    begins = np.flatnonzero(np.diff(rows[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    kept = order[(rank < wanted) & (cosines[order] >= LEAST_COSINE)]
    named = _named(terms[kept], features.names)
    ids = features.work_ids
    return pl.DataFrame(
        {"work_id": ids[rows[kept]], "similar_work_id": ids[columns[kept]], "cosine": cosines[kept], "shared": named}
    )


def _named(terms: csr_array, names: pl.Series) -> pl.Series:
    """For each row the names of its three largest terms, the largest first."""
    rows = np.repeat(np.arange(terms.shape[0]), np.diff(terms.indptr))
    order = np.lexsort((terms.indices, -terms.data, rows))
    rank = np.arange(terms.nnz) - terms.indptr[:-1][rows]
    kept = order[rank < NAMED_FEATURES]
    named = pl.DataFrame({"row": rows[kept], "name": names.gather(terms.indices[kept])})
    return named.group_by("row", maintain_order=True).agg(pl.col("name")).select(pl.col("name").list.join(", ")).to_series()
