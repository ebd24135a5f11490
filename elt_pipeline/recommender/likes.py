"""Who liked what, as a matrix, and which readers are kept apart from fitting. No model belongs here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

Indices = NDArray[np.int64]

# A reader stays in the same lot for ever: in which of 20 is a pure function of the reader_id.
LOTS = 20
TEST_LOTS = frozenset({0})
VALIDATION_LOTS = frozenset({1, 2})


@dataclass(frozen=True)
class Likes:
    """Readers × works, 1 where the reader liked the work and nothing elsewhere; rows and columns in the order of their ids."""

    matrix: csr_array
    reader_ids: tuple[str, ...]
    work_ids: Indices

    def of_readers(self, chosen: NDArray[np.bool_]) -> "Likes":
        """Return the same works with the chosen readers alone."""
        readers = tuple(reader for reader, is_chosen in zip(self.reader_ids, chosen, strict=True) if is_chosen)
        return Likes(self.matrix[np.flatnonzero(chosen)], readers, self.work_ids)

    def of_works(self, chosen: NDArray[np.bool_]) -> "Likes":
        """Return the same readers with the chosen works alone."""
        return Likes(self.matrix[:, np.flatnonzero(chosen)], self.reader_ids, self.work_ids[chosen])

    def in_lots(self, lots: Collection[int]) -> NDArray[np.bool_]:
        """Return for each reader whether it belongs to one of the lots."""
        return np.array([lot_of(reader) in lots for reader in self.reader_ids], dtype=np.bool_)


def likes_from(ratings: pl.DataFrame, liked_from_stars: float) -> Likes:
    """Return who liked what from rows of ``reader_id``, ``work_id`` and ``stars``; readers and works without a like are absent.

    The order of the rows does not matter, nor that a pair stands there twice.
    """
    liked = ratings.filter(pl.col("stars") >= liked_from_stars).select("reader_id", "work_id").unique()
    readers, works = (liked.select(pl.col(name).unique().sort()).with_row_index(name[0]) for name in ("reader_id", "work_id"))
    placed = liked.join(readers, on="reader_id", how="inner").join(works, on="work_id", how="inner")
    ones = np.ones(placed.height, dtype=np.float64)
    shape = (readers.height, works.height)
    matrix = csr_array((ones, (placed["r"].to_numpy(), placed["w"].to_numpy())), shape=shape)
    return Likes(matrix, tuple(readers["reader_id"]), works["work_id"].to_numpy().astype(np.int64))


def lot_of(reader_id: str) -> int:
    """Return the reader's lot, 0 to 19: SHA-256 of the reader_id modulo 20."""
    return int.from_bytes(sha256(reader_id.encode()).digest(), "big") % LOTS


def lots_of_likes(likes: Likes) -> NDArray[np.float64]:
    """Return a number between 0 and 1 for each like, in the matrix's order: SHA-256 of reader and work, the same in every run."""
    works = likes.work_ids[likes.matrix.indices]
    readers = np.repeat(np.arange(len(likes.reader_ids)), np.diff(likes.matrix.indptr))
    pairs = (f"{likes.reader_ids[reader]}/{work}" for reader, work in zip(readers, works, strict=True))
    return np.fromiter(_fractions(pairs), dtype=np.float64, count=likes.matrix.nnz)


def _fractions(texts: Iterable[str]) -> Iterable[float]:
    return (int.from_bytes(sha256(text.encode()).digest()[:8], "big") / 2**64 for text in texts)
