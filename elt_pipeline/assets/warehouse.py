"""Warehouse assets: gold in Postgres, and the one step by which people come to see it. SQL does not belong here."""

from collections.abc import Iterator

import dagster as dg

from elt_pipeline.assets.marts import MARTS
from elt_pipeline.assets.options import OWNERS, READ_BY_PEOPLE
from elt_pipeline.assets.steps import step_metadata, views_result
from elt_pipeline.contracts import gold
from elt_pipeline.storage.serving import Serving

LOADED = gold.TABLES
WAREHOUSE_GOLD = dg.AssetKey(["warehouse", "gold"])
PUBLICATION = dg.AssetKey(["warehouse", "publication"])
VIEWS = "analytics_views"


@dg.asset(
    key=WAREHOUSE_GOLD,
    group_name="warehouse",
    kinds={"postgres"},
    owners=OWNERS,
    deps=[dg.AssetKey(contract.key) for contract in LOADED],
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def warehouse_gold(serving: dg.ResourceParam[Serving]) -> dg.MaterializeResult[None]:
    """One schema of Postgres: the gold tables, copied, keyed and compared, not yet what people see."""
    return dg.MaterializeResult(metadata=step_metadata(serving.load(LOADED)))


@dg.asset(
    key=PUBLICATION,
    group_name="warehouse",
    kinds={"postgres"},
    owners=OWNERS,
    freshness_policy=READ_BY_PEOPLE,
    deps=[dg.AssetKey(["recommendations", name]) for name in MARTS],
    check_specs=[dg.AssetCheckSpec(VIEWS, asset=PUBLICATION, description="Analysts' views are made again on what is published.")],
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def warehouse_publication(serving: dg.ResourceParam[Serving]) -> Iterator[dg.MaterializeResult[None]]:
    """One step: what was loaded and built takes the place of what people read, whole or not at all."""
    step = serving.publish()
    yield dg.MaterializeResult(metadata=step_metadata(step), check_results=[views_result(VIEWS, step)])
