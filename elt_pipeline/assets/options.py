"""What every asset over the lake has in common, taken from its contract. No asset is declared here."""

import inspect
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import get_type_hints

import dagster as dg
import polars as pl
from pyspark.sql import DataFrame

from elt_pipeline.contracts.bronze import PUBLISH_PARTITIONS
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.storage.code_version import code_version
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.upkeep import Kept, Recipe, bring_up_to_date

# Backfill policies are marked as beta in each asset that has one; we know, and a person's terminal need not.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

OWNERS = ["team:booklake"]
PUBLISH_YEARS = dg.StaticPartitionsDefinition(list(PUBLISH_PARTITIONS))

# The packages whose versions are part of a table's code version, by the engine that computes it.
POLARS_PACKAGES = ("polars", "connectorx", "deltalake")
SPARK_PACKAGES = ("pyspark-client", "pysail")

Frame = DataFrame | pl.LazyFrame


def source_asset(contract: TableContract) -> Callable[[Callable[[SourceDatabase], pl.LazyFrame]], dg.AssetsDefinition]:
    """Return the decorator of the asset that reads the contract's table from the source database."""

    def decorate(make: Callable[[SourceDatabase], pl.LazyFrame]) -> dg.AssetsDefinition:
        version = code_version(make.__module__, POLARS_PACKAGES)

        def step(
            context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], source: dg.ResourceParam[SourceDatabase]
        ) -> dg.MaterializeResult[None]:
            recipe = Recipe(contract, (), version, lambda: make(source))
            return told(contract, lake, bring_up_to_date(lake, recipe, context.run.run_id, asked_partitions(context)))

        return declare(contract, make, version, step, ())

    return decorate


def lake_asset(contract: TableContract, **inputs: TableContract) -> Callable[[Callable[..., DataFrame]], dg.AssetsDefinition]:
    """Return the decorator of the asset that makes the contract's table from ``inputs``, one table for each parameter.

    A parameter's annotation names the engine in which it is read; it is read only where the table is computed anew.
    """

    def decorate(make: Callable[..., DataFrame]) -> dg.AssetsDefinition:
        version, engines = code_version(make.__module__, SPARK_PACKAGES), engines_of(make, inputs)

        def step(context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake]) -> dg.MaterializeResult[None]:
            recipe = Recipe(contract, inputs.values(), version, lambda: make(**read(lake, inputs, engines)))
            return told(contract, lake, bring_up_to_date(lake, recipe, context.run.run_id))

        return declare(contract, make, version, step, inputs.values())

    return decorate


def declare(
    contract: TableContract,
    make: Callable[..., Frame],
    version: str,
    step: Callable[..., dg.MaterializeResult[None]],
    inputs: Iterable[TableContract],
) -> dg.AssetsDefinition:
    """Return the asset whose key, group, kinds and column schema follow from the contract, described by ``make``'s docstring."""
    return dg.asset(
        key=dg.AssetKey(contract.key),
        description=inspect.getdoc(make),
        group_name=contract.layer,
        kinds={"polars" if contract.layer == "bronze" else "spark", "deltalake"},
        owners=OWNERS,
        deps=[dg.AssetKey(table.key) for table in inputs],
        metadata={"dagster/column_schema": column_schema(contract), "primary_key": ", ".join(contract.primary_key)},
        code_version=version,
        partitions_def=PUBLISH_YEARS if contract.partition_column else None,
        # One run and one plan over all its partitions; every asset of a job needs it, or the job cannot mix them.
        backfill_policy=dg.BackfillPolicy.single_run(),
    )(step)


def engines_of(make: Callable[..., Frame], inputs: Mapping[str, TableContract]) -> dict[str, type]:
    """Return for each parameter the frame that it asks for. Raises ``TypeError`` for parameters that no table or engine fits."""
    hints = {name: hint for name, hint in get_type_hints(make).items() if name != "return"}
    if hints.keys() != inputs.keys():
        raise TypeError(f"{make.__name__} has the parameters {sorted(hints)}, but is given the tables {sorted(inputs)}.")
    wrong = [name for name, hint in hints.items() if hint not in (DataFrame, pl.LazyFrame)]
    if wrong:
        raise TypeError(f"{make.__name__}: annotate {', '.join(wrong)} as pyspark.sql.DataFrame or polars.LazyFrame.")
    return hints


def read(lake: Lake, inputs: Mapping[str, TableContract], engines: Mapping[str, type]) -> dict[str, Frame]:
    """Return the tables lazily, each in the engine that is asked for."""
    return {name: lake.read(table) if engines[name] is DataFrame else lake.scan(table) for name, table in inputs.items()}


def asked_partitions(context: dg.AssetExecutionContext) -> list[str] | None:
    """Return the partitions that the run is about; None where that is all of them, or where there are none."""
    if not context.assets_def.partitions_def:
        return None
    asked = sorted(context.partition_keys)
    return None if len(asked) == len(PUBLISH_PARTITIONS) else asked


def told(contract: TableContract, lake: Lake, kept: Kept) -> dg.MaterializeResult[None]:
    """Return what Dagit shows of a table after its upkeep."""
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": dg.MetadataValue.int(kept.commit.row_count),
            "bytes": dg.MetadataValue.int(kept.commit.byte_count),
            "seconds": dg.MetadataValue.float(round(kept.seconds, 3)),
            "outcome": dg.MetadataValue.text(kept.outcome),
            "table_version": dg.MetadataValue.int(kept.commit.version),
            "engine": dg.MetadataValue.text("Polars" if contract.layer == "bronze" else lake.engine_name),
            "dagster/uri": dg.MetadataValue.text(lake.url_of(contract)),
        }
    )


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
