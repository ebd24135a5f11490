"""Warehouse assets: gold in Postgres, and the one step by which people come to see it. SQL does not belong here."""

import dagster as dg
import polars as pl

from elt_pipeline.assets.marts import MARTS
from elt_pipeline.assets.options import OWNERS, lake_input
from elt_pipeline.assets.steps import step_metadata
from elt_pipeline.contracts import gold
from elt_pipeline.storage.serving import Serving

LOADED = {
    "works": gold.WORKS,
    "editions": gold.EDITIONS,
    "authors": gold.AUTHORS,
    "work_authors": gold.WORK_AUTHORS,
    "ratings_by_work": gold.RATINGS_BY_WORK,
    "row_ledger": gold.ROW_LEDGER,
}
WAREHOUSE_GOLD = dg.AssetKey(["warehouse", "gold"])


@dg.asset(
    key=WAREHOUSE_GOLD,
    group_name="warehouse",
    kinds={"postgres"},
    owners=OWNERS,
    ins={name: lake_input(contract) for name, contract in LOADED.items()},
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def warehouse_gold(
    serving: dg.ResourceParam[Serving],
    works: pl.LazyFrame,
    editions: pl.LazyFrame,
    authors: pl.LazyFrame,
    work_authors: pl.LazyFrame,
    ratings_by_work: pl.LazyFrame,
    row_ledger: pl.LazyFrame,
) -> dg.MaterializeResult[None]:
    """One schema of Postgres: the gold tables, copied, keyed and compared, not yet what people see."""
    frames = (works, editions, authors, work_authors, ratings_by_work, row_ledger)
    step = serving.load(dict(zip(LOADED.values(), frames, strict=True)))
    return dg.MaterializeResult(metadata=step_metadata(step))


@dg.asset(
    key=dg.AssetKey(["warehouse", "publication"]),
    group_name="warehouse",
    kinds={"postgres"},
    owners=OWNERS,
    deps=[dg.AssetKey(["recommendations", name]) for name in MARTS],
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def warehouse_publication(serving: dg.ResourceParam[Serving]) -> dg.MaterializeResult[None]:
    """One step: what was loaded and built takes the place of what people read, whole or not at all."""
    return dg.MaterializeResult(metadata=step_metadata(serving.publish()))
