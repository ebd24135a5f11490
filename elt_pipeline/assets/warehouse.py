"""Warehouse assets: gold in Postgres, and the one step by which people come to see it. SQL does not belong here."""

import dagster as dg

from elt_pipeline.assets.marts import MARTS
from elt_pipeline.assets.options import OWNERS, READ_BY_PEOPLE
from elt_pipeline.assets.steps import step_metadata
from elt_pipeline.contracts import gold
from elt_pipeline.storage.serving import Serving

LOADED = gold.TABLES
WAREHOUSE_GOLD = dg.AssetKey(["warehouse", "gold"])


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
    key=dg.AssetKey(["warehouse", "publication"]),
    group_name="warehouse",
    kinds={"postgres"},
    owners=OWNERS,
    freshness_policy=READ_BY_PEOPLE,
    deps=[dg.AssetKey(["recommendations", name]) for name in MARTS],
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def warehouse_publication(serving: dg.ResourceParam[Serving]) -> dg.MaterializeResult[None]:
    """One step: what was loaded and built takes the place of what people read, whole or not at all."""
    return dg.MaterializeResult(metadata=step_metadata(serving.publish()))
