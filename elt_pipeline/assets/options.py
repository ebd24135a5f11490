"""What every asset over the lake has in common, taken from its contract. No asset is declared here."""

import inspect
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import get_type_hints

import dagster as dg
import polars as pl
from pyspark.sql import DataFrame

from elt_pipeline.contracts import silver
from elt_pipeline.contracts.bronze import PUBLISH_PARTITIONS
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.storage.code_version import code_version
from elt_pipeline.storage.cost import Cost
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.upkeep import Kept, Recipe, bring_up_to_date

# Backfill policies are marked as beta in each asset that has one; we know, and a person's terminal need not.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

OWNERS = ["team:booklake"]
# What people read is brought up to date once a day: two hours late is told, a missed day is a failure.
READ_BY_PEOPLE = dg.FreshnessPolicy.time_window(warn_window=timedelta(hours=26), fail_window=timedelta(hours=48))
PUBLISH_YEARS = dg.StaticPartitionsDefinition(list(PUBLISH_PARTITIONS))

# The packages whose versions are part of a table's code version, by the engine that computes it.
ENGINE_PACKAGES = {"polars": ("polars", "deltalake"), "spark": ("pyspark-client", "pysail")}
SOURCE_PACKAGES = ("connectorx",)
# The check that tells what of a source table is new or absent.
SOURCE_FORMAT = "source_format"

Frame = DataFrame | pl.LazyFrame


def source_asset(contract: TableContract) -> Callable[[Callable[[SourceDatabase], pl.LazyFrame]], dg.AssetsDefinition]:
    """Return the decorator of the asset that reads the contract's table from the source database."""

    def decorate(make: Callable[[SourceDatabase], pl.LazyFrame]) -> dg.AssetsDefinition:
        version = code_version(make.__module__, (*ENGINE_PACKAGES["polars"], *SOURCE_PACKAGES))

        def step(
            context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], source: dg.ResourceParam[SourceDatabase]
        ) -> dg.MaterializeResult:  # type: ignore[type-arg] # With a parameter, Dagster takes it for no result that has checks.
            recipe = Recipe(contract, (), version, lambda: make(source))
            kept = bring_up_to_date(lake, recipe, context.run.run_id, asked_partitions(context))
            return dg.MaterializeResult(
                metadata=table_metadata(contract, lake, kept, "Polars"),
                check_results=[as_the_format_says(source.drift(contract))],
            )

        return declare(contract, make, version, step, (), [drift_spec(contract)])

    return decorate


def lake_asset(
    contract: TableContract, packages: tuple[str, ...] = (), /, **inputs: TableContract
) -> Callable[[Callable[..., Frame]], dg.AssetsDefinition]:
    """Return the decorator of the asset that makes the contract's table from ``inputs``, one table for each parameter.

    A parameter's annotation names the engine in which it is read, the return's annotation the one that computes and writes;
    ``packages`` are those that decide what comes out beside that engine's. Read is only where the table is computed anew.
    """

    def decorate(make: Callable[..., Frame]) -> dg.AssetsDefinition:
        kind, engines = engine_kind(make), engines_of(make, inputs)
        version = code_version(make.__module__, (*ENGINE_PACKAGES[kind], *packages))

        def step(context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake]) -> dg.MaterializeResult[None]:
            def compute() -> Frame:
                if kind == "spark":
                    lake.label(contract, context.run.run_id)
                return make(**read(lake, inputs, engines))

            kept = bring_up_to_date(lake, Recipe(contract, inputs.values(), version, compute), context.run.run_id)
            engine = "Polars" if kind == "polars" else lake.engine_name
            links = spark_links(lake) if kind == "spark" and kept.outcome == "written" else {}
            return dg.MaterializeResult(metadata=table_metadata(contract, lake, kept, engine) | links)

        return declare(contract, make, version, step, inputs.values())

    return decorate


def declare(
    contract: TableContract,
    make: Callable[..., Frame],
    version: str,
    step: Callable[..., dg.MaterializeResult[None]],
    inputs: Iterable[TableContract],
    checks: Sequence[dg.AssetCheckSpec] = (),
) -> dg.AssetsDefinition:
    """Return the asset whose key, group, kinds and column schema follow from the contract, described by ``make``'s docstring."""
    return dg.asset(
        key=dg.AssetKey(contract.key),
        description=inspect.getdoc(make),
        group_name=contract.layer,
        kinds={engine_kind(make), "deltalake"},
        owners=OWNERS,
        deps=[dg.AssetKey(table.key) for table in inputs],
        metadata={"dagster/column_schema": column_schema(contract), "primary_key": ", ".join(contract.primary_key)},
        code_version=version,
        check_specs=checks,
        partitions_def=PUBLISH_YEARS if contract.partition_column else None,
        # One run and one plan over all its partitions; every asset of a job needs it, or the job cannot mix them.
        backfill_policy=dg.BackfillPolicy.single_run(),
    )(step)


def drift_spec(contract: TableContract) -> dg.AssetCheckSpec:
    """Return what Dagit says of the check of a source table's form."""
    described = (
        "The source's table has the columns of contracts/source.py and no more. What is missing or re-typed fails the asset."
    )
    return dg.AssetCheckSpec(SOURCE_FORMAT, asset=dg.AssetKey(contract.key), description=described)


def as_the_format_says(drift: Sequence[str]) -> dg.AssetCheckResult:
    """Return a warning of what has drifted and is taken all the same."""
    told = " ".join(drift) or "The source's table is as the format says."
    return dg.AssetCheckResult(check_name=SOURCE_FORMAT, passed=not drift, severity=dg.AssetCheckSeverity.WARN, description=told)


def engine_kind(make: Callable[..., Frame]) -> str:
    """Return ``polars`` or ``spark``: what computes and writes the frame that is returned. Raises ``TypeError`` for others."""
    kinds = {pl.LazyFrame: "polars", DataFrame: "spark"}
    returned = get_type_hints(make).get("return")
    if returned not in kinds:
        raise TypeError(f"{make.__name__}: annotate what it returns as pyspark.sql.DataFrame or polars.LazyFrame.")
    return kinds[returned]


def engines_of(make: Callable[..., Frame], inputs: Mapping[str, TableContract]) -> dict[str, type]:
    """Return for each parameter the frame that it asks for. Raises ``TypeError`` for parameters that no table or engine fits."""
    hints = {name: hint for name, hint in get_type_hints(make).items() if name != "return"}
    # `**tables` takes every table that has no parameter of its own.
    rest = next((name for name, found in inspect.signature(make).parameters.items() if found.kind is found.VAR_KEYWORD), None)
    if rest:
        engine = hints.pop(rest)
        hints |= {name: engine for name in inputs if name not in hints}
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


def table_metadata(contract: TableContract, lake: Lake, kept: Kept, engine: str) -> dict[str, dg.MetadataValue]:
    """Return what Dagit shows of a table after its upkeep."""
    return {
        "dagster/row_count": dg.MetadataValue.int(kept.commit.row_count),
        "bytes": dg.MetadataValue.int(kept.commit.byte_count),
        "outcome": dg.MetadataValue.text(kept.outcome),
        "table_version": dg.MetadataValue.int(kept.commit.version),
        "engine": dg.MetadataValue.text(engine),
        "dagster/uri": dg.MetadataValue.text(lake.url_of(contract)),
        **cost_metadata(kept.cost),
        **rejected_metadata(contract, lake),
    }


def cost_metadata(cost: Cost) -> dict[str, dg.MetadataValue]:
    """Return what Dagit shows of a step's cost; the peak is of the whole process of the run, its engine included."""
    return {
        "seconds": dg.MetadataValue.float(round(cost.seconds, 3)),
        "peak_memory_bytes": dg.MetadataValue.int(cost.peak_memory_bytes),
    }


def spark_links(lake: Lake) -> dict[str, dg.MetadataValue]:
    """Return the links to what Spark has done in this run."""
    return {name: dg.MetadataValue.url(address) for name, address in lake.spark_pages.links(lake.spark).items()}


def rejected_metadata(contract: TableContract, lake: Lake) -> dict[str, dg.MetadataValue]:
    """Return for the table of rejected rows how many of each source table's rows stand in it; nothing for other tables."""
    if contract != silver.REJECTED_ROWS:
        return {}
    counts = lake.scan(contract).group_by("source_table").len().sort("source_table").collect().rows()
    return {f"rejected_rows_of_{table}": dg.MetadataValue.int(count) for table, count in counts}


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
