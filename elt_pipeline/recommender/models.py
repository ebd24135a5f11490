"""Models as the evaluation calls them, their parameters chosen on validation readers. How readers are split belongs elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from elt_pipeline.recommender.baselines import knn_weights, popularity
from elt_pipeline.recommender.ease import co_likes, ease_weights, strongest
from elt_pipeline.recommender.evaluation import Judged, Model, Scores, judge

# With so many EASE keeps 99.2 % of its nDCG@100 on goodbooks-10k (published beside Compressed ELSA, WWW'26): 10 MB there.
NEIGHBOURS = 128
L2_GRID = (50.0, 100.0, 200.0, 500.0, 1000.0)
SHRINK_GRID = (0.0, 5.0, 20.0, 100.0)


@dataclass(frozen=True)
class Chosen:
    """A model with the parameters that were best on the validation readers."""

    name: str
    parameters: dict[str, float]
    model: Model


def by_popularity(liked: csr_array) -> Model:
    """Return the model that shows everybody what most readers liked."""
    counts = popularity(liked)
    return lambda inputs: np.repeat(counts[np.newaxis], inputs.shape[0], axis=0)


def by_weights(weights: csr_array) -> Model:
    """Return the model that adds the rows of what the reader liked."""

    def scores(inputs: csr_array) -> Scores:
        summed: Scores = (inputs @ weights).toarray()
        return summed

    return scores


def pruned_ease(liked: csr_array, l2: float) -> csr_array:
    """Return the EASE weights of ``liked``, readers × works, the 128 largest of each work."""
    return strongest(ease_weights(co_likes(liked), l2), NEIGHBOURS)


def choose(name: str, parameter: str, grid: Sequence[float], make: Callable[[float], Model], judged: Judged) -> Chosen:
    """Return the model of the grid's value with the highest nDCG@100 on ``judged``; of equal ones the earlier value."""
    models = {value: make(value) for value in grid}
    reached = {value: float(np.mean(judge(model, judged)["ndcg@100"])) for value, model in models.items()}
    best = max(grid, key=lambda value: reached[value])
    return Chosen(name, {parameter: best}, models[best])


def choose_models(liked: csr_array, judged: Judged) -> list[Chosen]:
    """Return popularity, item kNN and EASE, fitted to ``liked`` and chosen on the readers of ``judged``."""
    return [
        Chosen("popularity", {}, by_popularity(liked)),
        choose("item kNN", "shrink", SHRINK_GRID, lambda shrink: by_weights(knn_weights(liked, shrink)), judged),
        choose("EASE, 128 per work", "l2", L2_GRID, lambda l2: by_weights(pruned_ease(liked, l2)), judged),
    ]
