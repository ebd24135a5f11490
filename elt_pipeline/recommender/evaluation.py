"""How good a model is on readers that it has not seen: full ranking, named variants. No model and no file belongs here.

nDCG@K: binary gain, 1 / log2(rank + 1), the ideal list cut at min(K, targets). Recall@K: hits / min(K, targets).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Scores = NDArray[np.float64]
# What a model does: readers × works, what they liked, to readers × works, how much they may like each.
Model = Callable[[csr_array], Scores]

LONGEST_LIST = 100
NDCG_AT, RECALL_AT, COVERAGE_AT = (10, 100), (20, 50), 20
# So many scores are computed at once: 160 MB, three times over while they are ranked.
SCORES_AT_ONCE = 20_000_000
HELD_OUT_SHARE = 0.2
Z_95 = 1.959964


@dataclass(frozen=True)
class Judged:
    """Readers × works twice: what a model is told that they liked, and what it should rank highest."""

    inputs: csr_array
    targets: csr_array


@dataclass(frozen=True)
class Score:
    """The mean over readers, and half the width of its 95 % interval (normal approximation; 0 where there is one reader)."""

    mean: float
    margin: float


def hold_out(liked: csr_array, lots: NDArray[np.float64]) -> Judged:
    """Return each reader's likes in two parts: 20 %, rounded up, are targets, those of the lowest lots; the rest is told.

    ``lots`` has a number for each like, in the order of ``liked``. Readers of one like are told of nothing.
    """
    reader = np.repeat(np.arange(liked.shape[0]), np.diff(liked.indptr))
    order = np.lexsort((lots, reader))
    place = np.empty(liked.nnz, dtype=np.int64)
    place[order] = np.arange(liked.nnz) - liked.indptr[reader[order]]
    wanted = np.ceil(np.diff(liked.indptr) * HELD_OUT_SHARE)
    is_target = place < wanted[reader]
    return Judged(*(_of_likes(liked, reader, chosen) for chosen in (~is_target, is_target)))


def judge(model: Model, judged: Judged) -> Mapping[str, NDArray[np.float64]]:
    """Return each metric of each reader by its name, and under ``coverage@20`` the share of works in any list.

    A reader's works in ``inputs`` are not ranked, and each reader has a target. Of equal scores the earlier work is first.
    """
    readers, works = judged.inputs.shape
    step = max(1, SCORES_AT_ONCE // max(works, 1))
    starts = range(0, readers, step)
    parts = [_judge_block(model, judged.inputs[at : at + step], judged.targets[at : at + step]) for at in starts]
    hits, counts, shown = (np.concatenate(part) for part in zip(*parts, strict=True))
    found = {f"ndcg@{length}": ndcg(hits, counts, length) for length in NDCG_AT}
    found |= {f"recall@{length}": recall(hits, counts, length) for length in RECALL_AT}
    return found | {f"coverage@{COVERAGE_AT}": np.array([len(np.unique(shown)) / judged.inputs.shape[1]])}


def summary(values: NDArray[np.float64]) -> Score:
    """Return the mean with its interval."""
    margin = Z_95 * float(np.std(values, ddof=1)) / np.sqrt(len(values)) if len(values) > 1 else 0.0
    return Score(float(np.mean(values)), float(margin))


def ndcg(hits: NDArray[np.bool_], target_counts: NDArray[np.int64], length: int) -> NDArray[np.float64]:
    """Return nDCG@length of each reader; ``hits`` is readers × ranks."""
    gains = 1 / np.log2(np.arange(2, LONGEST_LIST + 2))
    ideal = np.cumsum(gains)[np.minimum(target_counts, length) - 1]
    ranks = min(length, hits.shape[1])
    reached: NDArray[np.float64] = hits[:, :ranks] @ gains[:ranks] / ideal
    return reached


def recall(hits: NDArray[np.bool_], target_counts: NDArray[np.int64], length: int) -> NDArray[np.float64]:
    """Return Recall@length of each reader."""
    found: NDArray[np.float64] = hits[:, :length].sum(axis=1) / np.minimum(target_counts, length)
    return found


def _judge_block(
    model: Model, inputs: csr_array, targets: csr_array
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    scores = model(inputs)
    scores[inputs.nonzero()] = -np.inf
    best = best_first(scores, LONGEST_LIST)
    hits = np.take_along_axis(targets.toarray() > 0, best, axis=1)
    return hits, np.diff(targets.indptr).astype(np.int64), best[:, :COVERAGE_AT]


def best_first(scores: Scores, length: int) -> NDArray[np.int64]:
    """Return of each row the columns of its highest scores, the highest first, of equal ones the earlier first."""
    kept = min(length, scores.shape[1])
    columns = np.sort(np.argpartition(-scores, kept - 1, axis=1)[:, :kept], axis=1)
    order = np.argsort(-np.take_along_axis(scores, columns, axis=1), axis=1, kind="stable")
    return np.take_along_axis(columns, order, axis=1)


def _of_likes(liked: csr_array, reader: NDArray[np.int64], chosen: NDArray[np.bool_]) -> csr_array:
    pairs = (reader[chosen], liked.indices[chosen])
    return csr_array((liked.data[chosen], pairs), shape=liked.shape)
