"""Recommendation assets: the marts that dbt builds in Postgres. Their SQL belongs to dbt_recommendations/."""

from collections.abc import Iterator

import dagster as dg

from elt_pipeline.assets.marts import MARTS
from elt_pipeline.assets.options import OWNERS
from elt_pipeline.assets.steps import step_metadata
from elt_pipeline.assets.warehouse import LOADED, WAREHOUSE_GOLD
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
        )
        for name, description in MARTS.items()
    ],
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def recommendations(serving: dg.ResourceParam[Serving]) -> Iterator[dg.MaterializeResult[None]]:
    """Build and test every mart and the functions of search, beside what people read."""
    step = serving.build(LOADED)
    for name in MARTS:
        yield dg.MaterializeResult(asset_key=dg.AssetKey(["recommendations", name]), metadata=step_metadata(step, name))
