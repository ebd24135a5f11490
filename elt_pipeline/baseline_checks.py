"""Asset checks that compare each table with the best that was published of the same dataset. None is written by table."""

from collections.abc import Iterator, Mapping

import dagster as dg
import polars as pl

from elt_pipeline.contracts import gold
from elt_pipeline.contracts.lake import TABLES
from elt_pipeline.contracts.table import Layer, TableContract
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.storage.postgres.baselines import baselines_of, record_measures
from elt_pipeline.storage.serving import Serving
from elt_pipeline.transforms.baselines import NULL_SHARE, ROW_COUNT, Change, changes, is_accepted, measure_name

BASELINE = "baseline"
# The tag of a run that knowingly accepts changes: names of measures, columns or tables, with commas between.
ACCEPT_TAG = "booklake/accept"
LAYERS: tuple[Layer, ...] = ("bronze", "gold")
# How many neighbours works have is the model's affair, which its scores judge; the ledger's rows are fewer where less goes wrong.
NOT_COMPARED = (gold.SIMILAR_WORKS, gold.ROW_LEDGER, gold.LEDGER_ROWS)
COMPARED = tuple(contract for contract in TABLES if contract.layer in LAYERS and contract not in NOT_COMPARED)


def measure(contract: TableContract, table: pl.LazyFrame) -> dict[str, float]:
    """Return the table's measures by their names: its rows, and for each column that may be null the share of nulls, 0 to 1.

    A table without rows has no shares: they would be the fewest nulls that any later state is held against.
    """
    nullable = [column.name for column in contract.columns if column.nullable]
    counts = table.select(pl.len().alias(""), pl.col(nullable).null_count()).collect().row(0, named=True)
    rows = counts.pop("")
    shares = {measure_name(contract.full_name, NULL_SHARE, name): nulls / rows for name, nulls in counts.items() if rows}
    return {measure_name(contract.full_name, ROW_COUNT): float(rows)} | shares


def measure_names() -> list[str]:
    """Return the names of all measures of tables, as a person may accept them."""
    rows = [measure_name(contract.full_name, ROW_COUNT) for contract in COMPARED]
    nullable = [(contract.full_name, column.name) for contract in COMPARED for column in contract.columns if column.nullable]
    return rows + [measure_name(table, NULL_SHARE, column) for table, column in nullable]


def verdict(contract: TableContract, found: list[Change], accepted: list[Change]) -> dg.AssetCheckResult:
    """Return what Dagit shows: held back where a change of a gold table is that large, told where it is smaller or in bronze."""
    left = [change for change in found if change not in accepted]
    holds_back = contract.layer == "gold" and any(change.holds_back for change in left)
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey(contract.key),
        check_name=BASELINE,
        passed=not left,
        severity=dg.AssetCheckSeverity.ERROR if holds_back else dg.AssetCheckSeverity.WARN,
        description=sentence(left, accepted, holds_back=holds_back),
        metadata={change.measure: change.now for change in found},
    )


def sentence(left: list[Change], accepted: list[Change], *, holds_back: bool) -> str:
    """Return the changes as a person reads them, with what to do about those that are not accepted."""
    told = [change.sentence for change in left] + [f"{change.sentence}, which is accepted" for change in accepted]
    if not told:
        return "Nothing is worse than the best that was published of this dataset."
    if not left:
        return f"{'; '.join(told)}."
    names = " ".join(f"--accept {change.measure}" for change in left if change.holds_back or not holds_back)
    advice = "Look at the source, or accept it knowingly" if holds_back else "It is told until it is accepted"
    return f"{'; '.join(told)}. {advice}: `booklake refresh {names}`."


def baseline_checks(layer: Layer) -> dg.AssetChecksDefinition:
    """Return the checks of the layer's tables against their baselines as one step of a run; those of gold block."""
    contracts = {dg.AssetKey(contract.key): contract for contract in COMPARED if contract.layer == layer}

    @dg.multi_asset_check(
        name=f"{layer}_baselines", specs=[baseline_spec(contract) for contract in contracts.values()], can_subset=True
    )
    def check(
        context: dg.AssetCheckExecutionContext, serving: dg.ResourceParam[Serving], source: dg.ResourceParam[SourceDatabase]
    ) -> Iterator[dg.AssetCheckResult]:
        selected = sorted(contracts[key.asset_key].key for key in context.selected_asset_check_keys)
        names = accepted_names(context.run.tags)
        yield from compare([contracts[dg.AssetKey(key)] for key in selected], serving, source.dataset_id(), names)

    return check


def compare(contracts: list[TableContract], serving: Serving, dataset_id: str, names: list[str]) -> Iterator[dg.AssetCheckResult]:
    """Return the verdict of each table, once all measures and what is accepted of them are on record."""
    before = baselines_of(serving.warehouse, dataset_id)
    now = {contract: measure(contract, serving.lake.scan(contract)) for contract in contracts}
    found = {contract: changes(before, now[contract], contract.full_name) for contract in contracts}
    accepted = {contract: [one for one in found[contract] if is_accepted(one.measure, names)] for contract in contracts}
    measures = {name: value for measured in now.values() for name, value in measured.items()}
    known = {change.measure: change.before for of_table in accepted.values() for change in of_table}
    record_measures(serving.warehouse, serving.run_id, dataset_id, measures, known)
    return (verdict(contract, found[contract], accepted[contract]) for contract in contracts)


def baseline_spec(contract: TableContract) -> dg.AssetCheckSpec:
    """Return what Dagit says of the comparison of a table."""
    told = (
        "Against the most rows and the fewest nulls that were published of the same dataset since a person accepted otherwise: "
        "rows lost from 5 %, nulls grown by 5 points are told"
    )
    held = (
        "; from 20 % and 10 points nothing is published. `booklake refresh --accept NAME` accepts it."
        if contract.layer == "gold"
        else "."
    )
    return dg.AssetCheckSpec(
        BASELINE, asset=dg.AssetKey(contract.key), blocking=contract.layer == "gold", description=told + held
    )


def accepted_names(tags: Mapping[str, str]) -> list[str]:
    """Return the names that a run's tag accepts."""
    return [name.strip() for name in tags.get(ACCEPT_TAG, "").split(",") if name.strip()]


BASELINE_CHECKS = [baseline_checks(layer) for layer in LAYERS]
