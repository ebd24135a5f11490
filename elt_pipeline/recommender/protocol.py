"""Strong generalisation: models meet readers of whom they have seen nothing. Reading files and printing belong to the command.

Readers with at least five likes are split into disjoint training (70 %), validation (10 %) and test readers (20 %). Parameters
are chosen on validation readers by nDCG@100. 80 % of a test reader's likes are told to the model, which ranks all other works.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from elt_pipeline.recommender.baselines import popularity
from elt_pipeline.recommender.evaluation import Judged, Score, hold_out, judge, summary
from elt_pipeline.recommender.models import Chosen, choose_models

LEAST_LIKES = 5
TEST_SHARE, VALIDATION_SHARE = 0.2, 0.1
# Fewer would leave single readers to choose by and to judge by.
LEAST_READERS = 20
# The weights of so many works take 3.2 GB, 8 bytes for each pair.
MOST_WORKS = 20_000


class TooFewReaders(Exception):
    """The ratings do not have enough readers to judge by; the message says how many are needed."""


@dataclass(frozen=True)
class Counts:
    """What was judged by, and what was left out, of one split."""

    training_readers: int
    validation_readers: int
    test_readers: int
    works: int
    training_likes: int
    dropped_readers_of_few_likes: int
    dropped_works_beyond_limit: int
    dropped_unknown_inputs: int
    dropped_unknown_targets: int
    dropped_test_readers: int


@dataclass(frozen=True)
class Figure:
    """A metric of a model over all seeds: the mean of their means, and the widest of their 95 % intervals."""

    model: str
    metric: str
    mean: float
    margin: float


@dataclass(frozen=True)
class Evaluation:
    """The figures of all models; counts and chosen parameters by seed."""

    figures: list[Figure]
    counts: list[Counts]
    parameters: list[dict[str, dict[str, float]]]


def evaluate(liked: csr_array, seeds: Sequence[int], report: Callable[[str], None]) -> Evaluation:
    """Return how popularity, item kNN and EASE fare on ``liked``, readers × works. Raises ``TooFewReaders``.

    ``report`` gets a sentence before each seed.
    """
    told: list[tuple[Counts, list[Chosen], dict[tuple[str, str], Score]]] = []
    for number, seed in enumerate(seeds, 1):
        report(f"Seed {seed}, {number} of {len(seeds)}: fitting and judging three models …")
        told.append(_evaluate_seed(liked, np.random.default_rng(seed)))
    scores = [scores for _, _, scores in told]
    figures = [
        Figure(*key, float(np.mean([seed[key].mean for seed in scores])), max(seed[key].margin for seed in scores))
        for key in scores[0]
    ]
    parameters = [{model.name: model.parameters for model in models} for _, models, _ in told]
    return Evaluation(figures, [counts for counts, _, _ in told], parameters)


def _evaluate_seed(liked: csr_array, rng: np.random.Generator) -> tuple[Counts, list[Chosen], dict[tuple[str, str], Score]]:
    enough = np.diff(liked.indptr) >= LEAST_LIKES
    keen = liked[np.flatnonzero(enough)]
    train, validation, test = _split(keen, rng)
    works, beyond = _known_works(train)
    train = train[:, works]
    models = choose_models(train, _judged(validation, works, rng)[0])
    judged, unknown_inputs, unknown_targets = _judged(test, works, rng)
    counts = Counts(
        training_readers=train.shape[0],
        validation_readers=validation.shape[0],
        test_readers=judged.inputs.shape[0],
        works=len(works),
        training_likes=int(train.nnz),
        dropped_readers_of_few_likes=int((~enough).sum()),
        dropped_works_beyond_limit=beyond,
        dropped_unknown_inputs=unknown_inputs,
        dropped_unknown_targets=unknown_targets,
        dropped_test_readers=test.shape[0] - judged.inputs.shape[0],
    )
    measured = {chosen.name: judge(chosen.model, judged) for chosen in models}
    scores = {(name, metric): summary(values) for name, metrics in measured.items() for metric, values in metrics.items()}
    return counts, models, scores


def _split(keen: csr_array, rng: np.random.Generator) -> list[csr_array]:
    """Training, validation and test readers."""
    readers = keen.shape[0]
    if readers < LEAST_READERS:
        raise TooFewReaders(f"{readers} readers have {LEAST_LIKES} likes or more, but at least {LEAST_READERS} are needed.")
    test, validation = (max(1, round(readers * share)) for share in (TEST_SHARE, VALIDATION_SHARE))
    order = rng.permutation(readers)
    parts = np.split(order, [test, test + validation])
    return [keen[np.sort(part)] for part in (parts[2], parts[1], parts[0])]


def _known_works(train: csr_array) -> tuple[NDArray[np.int64], int]:
    """The works that training readers liked, at most the 20,000 most liked, and how many are left out for that."""
    counts = popularity(train)
    known = np.flatnonzero(counts)
    most_liked = known[np.lexsort((known, -counts[known]))][:MOST_WORKS]
    return np.sort(most_liked), len(known) - len(most_liked)


def _judged(liked: csr_array, works: NDArray[np.int64], rng: np.random.Generator) -> tuple[Judged, int, int]:
    """The readers with an input and a target that are known, and how many inputs and targets are not."""
    told = hold_out(liked, rng.random(liked.nnz))
    inputs, targets = told.inputs[:, works], told.targets[:, works]
    usable = np.flatnonzero((np.diff(inputs.indptr) > 0) & (np.diff(targets.indptr) > 0))
    unknown = [int(before.nnz - after.nnz) for before, after in ((told.inputs, inputs), (told.targets, targets))]
    return Judged(inputs[usable], targets[usable]), unknown[0], unknown[1]
