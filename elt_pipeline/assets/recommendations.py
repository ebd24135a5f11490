"""Recommendation assets: the marts that dbt builds in Postgres. Their SQL belongs to dbt_recommendations/."""

from collections.abc import Iterator

import dagster as dg

from elt_pipeline.assets.marts import MARTS, TESTS
from elt_pipeline.assets.options import OWNERS, READ_BY_PEOPLE
from elt_pipeline.assets.steps import step_metadata, test_result, unchanged_tests
from elt_pipeline.assets.warehouse import LOADED, WAREHOUSE_GOLD
from elt_pipeline.storage.dbt_project import DbtFailed
from elt_pipeline.storage.serving import Serving


@dg.multi_asset(
    name="recommendations",
    specs=[
        dg.AssetSpec(
            dg.AssetKey(["recommendations", name]),
            deps=[WAREHOUSE_GOLD],
            description=description,
            group_name="recommendations",
            kinds={"dbt", "postgres"},
            owners=OWNERS,
            freshness_policy=READ_BY_PEOPLE,
        )
        for name, description in MARTS.items()
    ],
    check_specs=[
        dg.AssetCheckSpec(name, asset=dg.AssetKey(["recommendations", mart]), blocking=True, description="A test of dbt's.")
        for name, mart in TESTS.items()
    ],
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def recommendations(serving: dg.ResourceParam[Serving]) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Build and test every mart and the functions of search, beside what people read."""
    try:
        step = serving.build(LOADED)
    except DbtFailed as failed:
        yield from (test_result(test, TESTS[test.name]) for test in failed.tests)
        raise
    yield from (test_result(test, TESTS[test.name]) for test in step.tests or unchanged_tests(TESTS))
    for name in MARTS:
        yield dg.MaterializeResult(asset_key=dg.AssetKey(["recommendations", name]), metadata=step_metadata(step, name))
