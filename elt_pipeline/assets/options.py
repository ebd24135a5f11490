"""What every asset over the lake has in common, taken from its contract. No asset is declared here."""

import warnings
from collections.abc import Callable

import dagster as dg
import polars as pl
from pyspark.sql import DataFrame

from elt_pipeline.contracts.bronze import PUBLISH_PARTITIONS
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.storage.code_version import code_version

# Backfill policies are marked as beta in each asset that has one; we know, and a person's terminal need not.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

OWNERS = ["team:booklake"]
PUBLISH_YEARS = dg.StaticPartitionsDefinition(list(PUBLISH_PARTITIONS))

# The packages whose versions are part of a table's code version, by the engine that computes it.
POLARS_PACKAGES = ("polars", "connectorx", "deltalake")
SPARK_PACKAGES = ("pyspark-client", "pysail")


def lake_asset(
    contract: TableContract, **inputs: TableContract
) -> Callable[[Callable[..., DataFrame | pl.LazyFrame]], dg.AssetsDefinition]:
    """Return the decorator of the asset that makes the contract's table from ``inputs``, one table for each parameter.

    Key, group, kinds, column schema, storage and code version follow from the contract.
    """
    in_polars = contract.layer == "bronze"
    return dg.asset(
        key=dg.AssetKey(contract.key),
        group_name=contract.layer,
        kinds={"polars" if in_polars else "spark", "deltalake"},
        owners=OWNERS,
        ins={name: lake_input(table) for name, table in inputs.items()},
        metadata={"dagster/column_schema": column_schema(contract), "primary_key": ", ".join(contract.primary_key)},
        io_manager_key="lake_io",
        code_version=code_version(f"elt_pipeline.assets.{contract.layer}", POLARS_PACKAGES if in_polars else SPARK_PACKAGES),
        partitions_def=PUBLISH_YEARS if contract.partition_column else None,
        # One run and one plan over all its partitions; every asset of a job needs it, or the job cannot mix them.
        backfill_policy=dg.BackfillPolicy.single_run(),
    )


def lake_input(contract: TableContract) -> dg.AssetIn:
    """Return the asset input that reads the contract's table."""
    return dg.AssetIn(key=dg.AssetKey(contract.key))


def column_schema(contract: TableContract) -> dg.TableSchema:
    """Return the contract's columns as Dagit shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                column.type.postgres,
                description=column.description,
                constraints=dg.TableColumnConstraints(nullable=column.nullable),
            )
            for column in contract.columns
        ]
    )
