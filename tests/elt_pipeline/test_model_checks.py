"""Tests of the score of similar works: its verdicts, and what a refresh puts on record."""

import dagster as dg
import pytest

from elt_pipeline.model_checks import MEASURES, judge, shortfalls, verdict
from elt_pipeline.storage.postgres.baselines import baselines_of, keep_baselines
from elt_pipeline.storage.postgres.warehouse import Warehouse
from tests.support.booklake import Booklake

NDCG = "gold.similar_works.ndcg@10"


def scores(mean: float, popularity: float) -> dict[str, dict[str, tuple[float, float]]]:
    return {
        "similar works": {"ndcg@10": (mean, 0.02), "recall@20": (0.5, 0.03)},
        "popularity": {"ndcg@10": (popularity, 0.01), "recall@20": (0.2, 0.03)},
    }


@pytest.mark.parametrize(
    ("mean", "popularity", "before", "accepted", "passed", "severity"),
    [
        pytest.param(0.30, 0.1, {}, False, True, dg.AssetCheckSeverity.WARN, id="the first of its dataset"),
        pytest.param(0.30, 0.1, {NDCG: 0.31}, False, True, dg.AssetCheckSeverity.WARN, id="worse within the margin"),
        pytest.param(0.30, 0.1, {NDCG: 0.33}, False, False, dg.AssetCheckSeverity.ERROR, id="worse than the best"),
        pytest.param(0.30, 0.1, {NDCG: 0.33}, True, True, dg.AssetCheckSeverity.WARN, id="worse and accepted"),
        pytest.param(0.09, 0.1, {}, False, False, dg.AssetCheckSeverity.WARN, id="behind popularity within the margin"),
        pytest.param(0.05, 0.1, {}, False, False, dg.AssetCheckSeverity.ERROR, id="the first, and worse than popularity"),
        pytest.param(0.05, 0.1, {NDCG: 0.05}, False, False, dg.AssetCheckSeverity.ERROR, id="worse than popularity again"),
        pytest.param(0.05, 0.1, {}, True, True, dg.AssetCheckSeverity.WARN, id="worse than popularity and accepted"),
    ],
)
def test_a_worse_model_is_held_back_and_one_slightly_behind_popularity_is_told(
    mean: float, popularity: float, before: dict[str, float], accepted: bool, passed: bool, severity: dg.AssetCheckSeverity
) -> None:
    found = verdict(scores(mean, popularity), before, accepted=accepted)
    assert (found.passed, found.severity) == (passed, severity)
    assert f"popularity {popularity:.3f}" in str(found.description)


def test_too_few_readers_give_no_verdict_but_say_so() -> None:
    found = verdict({}, {}, accepted=False)
    assert (found.passed, found.description) == (True, "Fewer than 20 readers are kept apart to judge by.")


def test_a_dataset_that_was_judged_and_no_longer_can_be_is_told_with_its_score() -> None:
    found = verdict({}, {NDCG: 0.3}, accepted=False)
    assert (found.passed, found.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert "nothing could be judged now; the best that was published reached 0.300." in str(found.description)


def test_what_a_model_falls_short_of_is_named_with_the_name_that_accepts_it() -> None:
    short = shortfalls(scores(0.05, 0.1), {NDCG: 0.4})
    assert short == {"popularity": 0.1, "the best that was published": 0.4}
    told = str(verdict(scores(0.05, 0.1), {NDCG: 0.4}, accepted=False).description)
    assert "worse than popularity and than the best that was published, so that nothing is published." in told
    assert f"`booklake refresh --accept {NDCG}`" in told


def published(warehouse: Warehouse, run_id: str, mean: float, *names: str) -> bool:
    """Judge a model as a refresh does; whether its baselines were kept, as they are of what is published."""
    found = judge(warehouse, run_id, "books", scores(mean, 0.1), names)
    passed = bool(found.passed)
    if passed:
        keep_baselines(warehouse, run_id)
    return passed


def test_small_steps_for_the_worse_are_held_against_the_best(empty_warehouse: Warehouse) -> None:
    steps = [published(empty_warehouse, f"run {mean}", mean) for mean in (0.30, 0.29, 0.281, 0.27, 0.265)]
    assert steps == [True, True, True, False, False]
    assert baselines_of(empty_warehouse, "books")[NDCG] == 0.30


@pytest.mark.parametrize("name", ["gold.similar_works", NDCG, "gold.similar_works.recall@20"])
def test_a_worse_model_that_a_person_accepts_is_the_baseline_and_on_record(empty_warehouse: Warehouse, name: str) -> None:
    assert published(empty_warehouse, "one", 0.30)
    assert published(empty_warehouse, "two", 0.20, name)
    assert baselines_of(empty_warehouse, "books")[NDCG] == 0.20
    with empty_warehouse.connect("reader") as reader:
        record = reader.execute("select run_id, measure, baseline, value from ops.accepted_changes order by measure").fetchall()
    assert record == [("two", NDCG, 0.30, 0.20), ("two", MEASURES["recall@20"], 0.5, 0.5)]


def test_a_first_model_worse_than_popularity_is_on_record_with_what_it_fell_short_of(empty_warehouse: Warehouse) -> None:
    assert not published(empty_warehouse, "one", 0.05)
    assert published(empty_warehouse, "two", 0.05, NDCG)
    with empty_warehouse.connect("reader") as reader:
        record = reader.execute("select run_id, measure, baseline, value from ops.accepted_changes").fetchall()
    assert record == [("two", NDCG, 0.1, 0.05)]


def test_a_refresh_says_whether_its_model_was_judged(booklake: Booklake) -> None:
    checks = booklake.ask("select passed, description from ops.check_results where check_name = 'scores'")
    assert checks
    assert {passed for passed, _ in checks} == {True}
