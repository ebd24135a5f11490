"""The asset check that scores similar works on readers that no model was fitted on. Models and metrics are in recommender/."""

from collections.abc import Mapping

import dagster as dg
import polars as pl

from elt_pipeline.baseline_checks import accepted_names
from elt_pipeline.contracts import gold
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.postgres.baselines import baselines_of, record_measures
from elt_pipeline.storage.postgres.model_scores import record_scores
from elt_pipeline.storage.serving import Serving
from elt_pipeline.transforms.baselines import is_accepted

MODEL, PEER = "similar works", "popularity"
# The metric that decides, and the one beside it. Their variants stand in recommender/evaluation.
DECIDES, BESIDE = "ndcg@10", "recall@20"
LEAST_READERS = 20

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


def verdict(scores: Scores, before: Mapping[str, float], *, accepted: bool) -> dg.AssetCheckResult:
    """Return what Dagit shows: held back where the last published was better by more than the margin, told where popularity is.

    ``before`` holds the baselines of the dataset by the measures' names.
    """
    if not scores:
        return dg.AssetCheckResult(passed=True, description=f"Fewer than {LEAST_READERS} readers are kept apart to judge by.")
    (mean, margin), (peer, _) = scores[MODEL][DECIDES], scores[PEER][DECIDES]
    last = before.get(measure_name(DECIDES))
    is_worse, loses = last is not None and mean < last - margin and not accepted, mean < peer
    told = f"{DECIDES} {mean:.3f} ±{margin:.3f} on readers that were not fitted on; popularity {peer:.3f}"
    since = "" if last is None else f"; last published {last:.3f}"
    advice = (
        f" Look at the ratings, or accept it: `booklake refresh --accept {gold.SIMILAR_WORKS.full_name}`." if is_worse else ""
    )
    return dg.AssetCheckResult(
        passed=not (is_worse or loses),
        severity=dg.AssetCheckSeverity.ERROR if is_worse else dg.AssetCheckSeverity.WARN,
        description=f"{told}{since}.{advice}",
        metadata={f"{model} {name}": metrics[name][0] for model, metrics in scores.items() for name in (DECIDES, BESIDE)},
    )


def measure_name(metric: str) -> str:
    """The name under which a metric of similar works is a baseline."""
    return f"{gold.SIMILAR_WORKS.full_name}.{metric}"


@dg.asset_check(
    asset=dg.AssetKey(gold.SIMILAR_WORKS.key),
    name="scores",
    blocking=True,
    description="On readers that no model was fitted on, similar works rank better than popularity (else told) and no worse than "
    "the last that were published of the same dataset (else nothing is published).",
)
def similar_works_score(
    context: dg.AssetCheckExecutionContext, serving: dg.ResourceParam[Serving], source: dg.ResourceParam[SourceDatabase]
) -> dg.AssetCheckResult:
    """Score similar works and popularity, and put both on record."""
    scores, dataset_id = score(serving.lake), source.dataset_id()
    before = baselines_of(serving.warehouse, dataset_id)
    flat = {(model, name): mean for model, metrics in scores.items() for name, (mean, _) in metrics.items()}
    record_scores(serving.warehouse, serving.run_id, flat)
    measures = {measure_name(name): flat[MODEL, name] for name in (DECIDES, BESIDE) if flat}
    is_known = is_accepted(measure_name(DECIDES), accepted_names(context.run.tags))
    known = {name: before[name] for name in measures if is_known and name in before}
    record_measures(serving.warehouse, serving.run_id, dataset_id, measures, known)
    return verdict(scores, before, accepted=is_known)


MODEL_CHECKS = [similar_works_score]
