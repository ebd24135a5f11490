"""Asset checks, all blocking: each table keeps its contract's promises, and the ledger balances. None is written by table."""

from collections.abc import Iterator, Mapping

import dagster as dg
import polars as pl

from elt_pipeline.contracts import gold
from elt_pipeline.contracts.lake import TABLES
from elt_pipeline.contracts.table import ContractViolation, Layer, TableContract
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.transforms.ledger import unbalanced

CONTRACT = "contract"


def broken_promises(contract: TableContract, table: pl.LazyFrame) -> dict[str, int]:
    """Return how many rows break each promise of the contract about values; empty where none does.

    The promises are that columns which are not nullable have no null, and that the key is unique.
    """
    nulls = [
        pl.col(column.name).is_null().sum().alias(f"null in {column.name}") for column in contract.columns if not column.nullable
    ]
    counts = table.select(nulls).collect().to_dicts()[0] if nulls else {}
    if contract.primary_key:
        key = ", ".join(contract.primary_key)
        distinct = table.select(pl.struct(contract.primary_key).hash().n_unique().alias("keys"), pl.len().alias("rows")).collect()
        counts[f"double {key}"] = distinct.item(0, "rows") - distinct.item(0, "keys")
    return {promise: count for promise, count in counts.items() if count}


def verdict(contract: TableContract, table: pl.LazyFrame) -> dg.AssetCheckResult:
    """Return whether the table has the contract's schema and keeps its promises about values, and what it breaks."""
    try:
        contract.check_polars(table.collect_schema())
    except ContractViolation as violation:
        return result(contract, passed=False, description=str(violation))
    broken = broken_promises(contract, table)
    return result(contract, passed=not broken, description=sentence(contract, broken))


def result(contract: TableContract, *, passed: bool, description: str) -> dg.AssetCheckResult:
    """Return the verdict in the form that Dagster takes."""
    return dg.AssetCheckResult(asset_key=dg.AssetKey(contract.key), check_name=CONTRACT, passed=passed, description=description)


def sentence(contract: TableContract, broken: Mapping[str, int]) -> str:
    """Return the broken promises as a person reads them."""
    if not broken:
        return f"{contract.full_name} keeps its contract."
    found = "; ".join(f"{promise}: {count:,} rows" for promise, count in broken.items())
    return f"{contract.full_name}: {found}. Mend the transform that makes it, or its contract in contracts/{contract.layer}.py."


def contract_checks(layer: Layer) -> dg.AssetChecksDefinition:
    """Return the blocking checks that the layer's tables are what their contracts say, as one step of a run."""
    contracts = {dg.AssetKey(contract.key): contract for contract in TABLES if contract.layer == layer}

    @dg.multi_asset_check(
        name=f"{layer}_contracts", specs=[contract_spec(contract) for contract in contracts.values()], can_subset=True
    )
    def check(context: dg.AssetCheckExecutionContext, lake: dg.ResourceParam[Lake]) -> Iterator[dg.AssetCheckResult]:
        for key in sorted(context.selected_asset_check_keys):
            yield verdict(contracts[key.asset_key], lake.scan(contracts[key.asset_key]))

    return check


def contract_spec(contract: TableContract) -> dg.AssetCheckSpec:
    """Return what Dagit says of the check of a contract."""
    described = f"{contract.grain} Schema, keys and nulls are as contracts/{contract.layer}.py says."
    return dg.AssetCheckSpec(CONTRACT, asset=dg.AssetKey(contract.key), blocking=True, description=described)


@dg.asset_check(
    asset=dg.AssetKey(gold.ROW_LEDGER.key),
    name="ledger_balances",
    blocking=True,
    description="For each source table, the rows that came in are those kept, merged and rejected.",
)
def ledger_balances(lake: dg.ResourceParam[Lake]) -> dg.AssetCheckResult:
    """Check that for each source table, the rows that came in are those kept, merged and rejected."""
    rows = lake.scan(gold.ROW_LEDGER).select(gold.ROW_LEDGER.column_names).collect().rows()
    sentences = unbalanced(rows)
    return dg.AssetCheckResult(passed=not sentences, description=" ".join(sentences) or "Every source table balances.")


@dg.asset_check(
    asset=dg.AssetKey(gold.WORKS.key),
    name="has_rows",
    blocking=True,
    description="There is at least one work: an empty catalogue is never published over one with books.",
)
def works_has_rows(lake: dg.ResourceParam[Lake]) -> dg.AssetCheckResult:
    """Check that there is a work to publish."""
    commit = lake.commit_of(gold.WORKS)
    passed = commit is not None and commit.row_count > 0
    told = "There are works." if passed else "gold.works is empty. Load files with books, or look at silver.rejected_rows."
    return dg.AssetCheckResult(passed=passed, description=told)


CHECKS = [works_has_rows, contract_checks("bronze"), contract_checks("silver"), contract_checks("gold"), ledger_balances]
