"""The asset check that scores similar works on readers that no model was fitted on. Models and metrics are in recommender/."""

from collections.abc import Mapping, Sequence

import dagster as dg
import polars as pl

from elt_pipeline.baseline_checks import accepted_names
from elt_pipeline.contracts import gold
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.postgres.baselines import baselines_of, record_measures
from elt_pipeline.storage.postgres.model_scores import record_scores
from elt_pipeline.storage.postgres.warehouse import Warehouse
from elt_pipeline.storage.serving import Serving
from elt_pipeline.transforms.baselines import is_accepted, measure_name

MODEL, PEER = "similar works", "popularity"
# The metric that decides, and the one beside it. Their variants stand in recommender/evaluation.
DECIDES, BESIDE = "ndcg@10", "recall@20"
LEAST_READERS = 20
# By these names the metrics are baselines, and a person accepts a worse model.
MEASURES = {metric: measure_name(gold.SIMILAR_WORKS.full_name, metric) for metric in (DECIDES, BESIDE)}

Scores = Mapping[str, Mapping[str, tuple[float, float]]]


def score(lake: Lake) -> Scores:
    """Return mean and 95 % margin of each metric by model; empty where fewer than 20 readers can be judged by."""
    # numpy and scipy take half a second that Dagit's code server need not wait for.
    from elt_pipeline.recommender.held_out import compare, held_out_readers  # noqa: PLC0415
    from elt_pipeline.recommender.likes import TEST_LOTS, likes_from  # noqa: PLC0415
    from elt_pipeline.recommender.similar_works import LIKED_FROM_STARS  # noqa: PLC0415

    ratings, works = (lake.scan(table).collect() for table in (gold.RATINGS_BY_WORK, gold.WORKS))
    likes = likes_from(ratings, LIKED_FROM_STARS)
    held_out = held_out_readers(likes, TEST_LOTS, works["work_id"])
    if len(held_out.reader_ids) < LEAST_READERS:
        return {}
    pairs = lake.scan(gold.SIMILAR_WORKS).select("work_id", "similar_work_id", pl.col("weight")).collect()
    found = compare(pairs, likes.of_readers(~likes.in_lots(TEST_LOTS)), held_out)
    return {model: {name: (one.mean, one.margin) for name, one in metrics.items()} for model, metrics in found.items()}


def shortfalls(scores: Scores, before: Mapping[str, float]) -> dict[str, float]:
    """Return what the deciding metric of similar works falls short of by more than its margin, by what it is held against.

    ``before`` holds the best that was published of the dataset, by the measures' names. Empty where nothing was judged.
    """
    if not scores:
        return {}
    (mean, margin), (peer, _) = scores[MODEL][DECIDES], scores[PEER][DECIDES]
    held_against = {PEER: peer, "the best that was published": before.get(MEASURES[DECIDES], mean)}
    return {name: wanted for name, wanted in held_against.items() if mean + margin < wanted}


def verdict(scores: Scores, before: Mapping[str, float], *, accepted: bool) -> dg.AssetCheckResult:
    """Return what Dagit shows: held back where the model falls short, told where popularity is ahead or nothing could be judged.

    ``before`` is that of ``shortfalls``.
    """
    best = before.get(MEASURES[DECIDES])
    if not scores:
        unjudged = f"Fewer than {LEAST_READERS} readers are kept apart to judge by"
        since = "." if best is None else f", so that nothing could be judged now; the best that was published reached {best:.3f}."
        return dg.AssetCheckResult(passed=best is None, severity=dg.AssetCheckSeverity.WARN, description=f"{unjudged}{since}")
    (mean, margin), (peer, _) = scores[MODEL][DECIDES], scores[PEER][DECIDES]
    short = [] if accepted else list(shortfalls(scores, before))
    since = "" if best is None else f"; the best that was published {best:.3f}"
    return dg.AssetCheckResult(
        passed=not short and (accepted or mean >= peer),
        severity=dg.AssetCheckSeverity.ERROR if short else dg.AssetCheckSeverity.WARN,
        description=f"{DECIDES} {mean:.3f} ±{margin:.3f} on readers that were not fitted on; popularity {peer:.3f}{since}."
        f"{advice(short)}",
        metadata={f"{model} {name}": metrics[name][0] for model, metrics in scores.items() for name in (DECIDES, BESIDE)},
    )


def advice(short: Sequence[str]) -> str:
    """Return what a person can do about a model that falls short of these; empty where it does not."""
    if not short:
        return ""
    what = f" That is worse than {' and than '.join(short)}, so that nothing is published."
    return f"{what} Look at the ratings, or accept it knowingly: `booklake refresh --accept {MEASURES[DECIDES]}`."


def judge(warehouse: Warehouse, run_id: str, dataset_id: str, scores: Scores, names: Sequence[str]) -> dg.AssetCheckResult:
    """Return the verdict, once the scores and what is accepted of them are on record; ``names`` are those a person accepts."""
    before = baselines_of(warehouse, dataset_id)
    flat = {(model, name): mean for model, metrics in scores.items() for name, (mean, _) in metrics.items()}
    record_scores(warehouse, run_id, flat)
    measures = {MEASURES[name]: flat[MODEL, name] for name in MEASURES if flat}
    accepted = any(is_accepted(measure, names) for measure in MEASURES.values())
    short = shortfalls(scores, before) if accepted else {}
    held_against = {MEASURES[DECIDES]: max(short.values(), default=0.0)} | before
    # The other metric follows the model that was accepted.
    known = {name: held_against[name] for name in measures if short and name in held_against}
    record_measures(warehouse, run_id, dataset_id, measures, known)
    return verdict(scores, before, accepted=accepted)


@dg.asset_check(
    asset=dg.AssetKey(gold.SIMILAR_WORKS.key),
    name="scores",
    blocking=True,
    description="On readers that no model was fitted on, similar works rank no worse than popularity and than the best that was "
    "published of the same dataset since a person accepted a worse one; where either is ahead by more than the margin, nothing "
    "is published. `booklake refresh --accept NAME` accepts it.",
)
def similar_works_score(
    context: dg.AssetCheckExecutionContext, serving: dg.ResourceParam[Serving], source: dg.ResourceParam[SourceDatabase]
) -> dg.AssetCheckResult:
    """Score similar works and popularity, and put both on record."""
    scores, dataset_id = score(serving.lake), source.dataset_id()
    return judge(serving.warehouse, serving.run_id, dataset_id, scores, accepted_names(context.run.tags))


MODEL_CHECKS = [similar_works_score]
