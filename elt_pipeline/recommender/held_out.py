"""Readers that a model has not seen, over the whole catalogue, and the published weights as a model to judge on them."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

from elt_pipeline.recommender.evaluation import Judged, Model, Score, hold_out, judge, summary
from elt_pipeline.recommender.likes import Likes, lots_of_likes
from elt_pipeline.recommender.models import by_popularity, by_weights

LEAST_LIKES = 5
# So many, those with the smallest hash of their id, give means to ±.02.
MOST_READERS = 1_000


@dataclass(frozen=True)
class HeldOut:
    """Readers of some lots with five likes at least, each like told or to be found; columns are all works of the catalogue."""

    reader_ids: tuple[str, ...]
    work_ids: NDArray[np.int64]
    judged: Judged


def held_out_readers(likes: Likes, lots: Collection[int], work_ids: pl.Series) -> HeldOut:
    """Return at most 1,000 readers of the lots; what is told of them and what not follows from the hash of reader and work."""
    keen = likes.of_readers(likes.in_lots(lots) & (np.diff(likes.matrix.indptr) >= LEAST_LIKES))
    digests = [sha256(reader.encode()).digest() for reader in keen.reader_ids]
    first = np.zeros(len(digests), dtype=np.bool_)
    first[sorted(range(len(digests)), key=digests.__getitem__)[:MOST_READERS]] = True
    chosen = keen.of_readers(first)
    catalogue = work_ids.unique().sort().to_numpy().astype(np.int64)
    told = hold_out(chosen.matrix, lots_of_likes(chosen))
    places = np.searchsorted(catalogue, chosen.work_ids)
    parts = (_in_catalogue(part, places, len(catalogue)) for part in (told.inputs, told.targets))
    return HeldOut(chosen.reader_ids, catalogue, Judged(*parts))


def model_of(pairs: pl.DataFrame, column: str, held_out: HeldOut) -> Model:
    """Return the model that adds the weights in ``column`` of ``pairs``: ``work_id``, ``similar_work_id``."""
    ids = held_out.work_ids
    places = [np.searchsorted(ids, pairs[key].to_numpy()) for key in ("work_id", "similar_work_id")]
    return by_weights(csr_array((pairs[column].to_numpy(), places), shape=(len(ids), len(ids))))


def compare(pairs: pl.DataFrame, training: Likes, held_out: HeldOut) -> dict[str, dict[str, Score]]:
    """Return the metrics of the published ``pairs`` and of popularity among the ``training`` readers, by model and metric."""
    places = np.searchsorted(held_out.work_ids, training.work_ids)
    seen = _in_catalogue(training.matrix, places, len(held_out.work_ids))
    models = {"similar works": model_of(pairs, "weight", held_out), "popularity": by_popularity(seen)}
    judged = {name: judge(model, held_out.judged) for name, model in models.items()}
    return {name: {metric: summary(values) for metric, values in metrics.items()} for name, metrics in judged.items()}


def _in_catalogue(liked: csr_array, places: NDArray[np.int64], width: int) -> csr_array:
    pairs = liked.tocoo()
    return csr_array((pairs.data, (pairs.row, places[pairs.col])), shape=(liked.shape[0], width))
