"""What Dagit shows of the steps in Postgres. Apart from options.py, so that the lake's code versions leave Postgres out."""

from collections.abc import Iterable

import dagster as dg

from elt_pipeline.assets.options import cost_metadata
from elt_pipeline.storage.dbt_project import DbtTest
from elt_pipeline.storage.serving import Step


def step_metadata(step: Step, table: str | None = None) -> dict[str, dg.MetadataValue]:
    """Return what Dagit shows of a step in Postgres, or of one table that it wrote."""
    rows = sum(step.row_counts.values()) if table is None else step.row_counts.get(table)
    known = {"outcome": dg.MetadataValue.text(step.outcome), **cost_metadata(step.cost)}
    counted = {} if rows is None or not step.row_counts else {"dagster/row_count": dg.MetadataValue.int(rows)}
    sent = {} if step.byte_count is None else {"bytes": dg.MetadataValue.int(step.byte_count)}
    return {**known, **counted, **sent, "engine": dg.MetadataValue.text("Postgres")}


def test_result(test: DbtTest, mart: str) -> dg.AssetCheckResult:
    """Return what Dagit shows of a test of dbt's that is about the mart."""
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey(["recommendations", mart]),
        check_name=test.name,
        passed=test.passed,
        description=test.message or ("It passed." if test.passed else "It failed without saying why."),
    )


def unchanged_tests(names: Iterable[str]) -> list[DbtTest]:
    """Return the tests of a build that was not needed: what they are about is as it was when they passed."""
    return [DbtTest(name, passed=True, message="It passed when this was built; nothing has changed since.") for name in names]


def views_result(name: str, step: Step) -> dg.AssetCheckResult:
    """Return what Dagit shows of the views for analysts: one that is broken is told and stops nothing."""
    return dg.AssetCheckResult(
        check_name=name,
        passed=not step.notes,
        severity=dg.AssetCheckSeverity.WARN,
        description=" ".join(step.notes) or "Every view for analysts is there.",
    )
