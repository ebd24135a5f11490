"""Tests of the score of similar works: its verdicts, and what a refresh puts on record."""

import dagster as dg
import pytest

from elt_pipeline.model_checks import measure_name, verdict
from tests.support.booklake import Booklake

NDCG = measure_name("ndcg@10")


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
        pytest.param(0.30, 0.1, {NDCG: 0.33}, False, False, dg.AssetCheckSeverity.ERROR, id="worse than the last"),
        pytest.param(0.30, 0.1, {NDCG: 0.33}, True, True, dg.AssetCheckSeverity.WARN, id="worse and accepted"),
        pytest.param(0.09, 0.1, {}, False, False, dg.AssetCheckSeverity.WARN, id="worse than popularity"),
    ],
)
def test_a_worse_model_is_held_back_and_one_behind_popularity_is_told(
    mean: float, popularity: float, before: dict[str, float], accepted: bool, passed: bool, severity: dg.AssetCheckSeverity
) -> None:
    found = verdict(scores(mean, popularity), before, accepted=accepted)
    assert (found.passed, found.severity) == (passed, severity)
    assert f"popularity {popularity:.3f}" in str(found.description)


def test_too_few_readers_give_no_verdict_but_say_so() -> None:
    found = verdict({}, {}, accepted=False)
    assert (found.passed, found.description) == (True, "Fewer than 20 readers are kept apart to judge by.")


def test_a_refresh_says_whether_its_model_was_judged(booklake: Booklake) -> None:
    checks = booklake.ask("select passed, description from ops.check_results where check_name = 'scores'")
    assert checks
    assert {passed for passed, _ in checks} == {True}
