"""How Dagster's assets read and write the lake: the annotation chooses the engine, the fingerprint decides whether to write."""

import logging
import time

import dagster as dg
import polars as pl
from pyspark.sql import DataFrame

from elt_pipeline.contracts import bronze, gold, silver
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.storage.commits import Commit, Fingerprint, Stamp
from elt_pipeline.storage.engine import engine_name
from elt_pipeline.storage.lake import Lake

log = logging.getLogger("booklake")

CONTRACTS = {dg.AssetKey(contract.key): contract for contract in (*bronze.TABLES, *silver.TABLES, *gold.TABLES)}


class LakeIO(dg.IOManager):
    """Reads and writes the lake's tables for assets and checks."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake

    def load_input(self, context: dg.InputContext) -> DataFrame | pl.LazyFrame:
        """Return the table lazily, in the engine that the parameter's annotation names."""
        contract, wanted = contract_of(context.asset_key), context.dagster_type.typing_type
        if wanted is DataFrame:
            return self.lake.read(contract)
        if wanted is pl.LazyFrame:
            return self.lake.scan(contract)
        raise TypeError(
            f"{contract.full_name} was asked for as {wanted}. Annotate it as pyspark.sql.DataFrame or polars.LazyFrame."
        )

    def handle_output(self, context: dg.OutputContext, obj: DataFrame | pl.LazyFrame) -> None:
        """Write the frame as its contract says, unless the table is already what these inputs and this code give."""
        contract, started = contract_of(context.asset_key), time.monotonic()
        fingerprint = self._fingerprint(context)
        standing = self.lake.commit_of(contract)
        if _is_made_from(standing, fingerprint):
            outcome = "unchanged"
        else:
            changed = self.lake.write(contract, obj, Stamp(context.run_id, fingerprint), _partitions(context))
            outcome = "written" if changed else "unchanged"
            standing = self.lake.commit_of(contract)
        if standing is None:
            raise LookupError(f"{contract.full_name} was written but cannot be found at {self.lake.url_of(contract)}.")
        seconds = round(time.monotonic() - started, 3)
        log.info("  %-24s %11s rows %7.1f s  %s", contract.full_name, f"{standing.row_count:,}", seconds, outcome)
        context.add_output_metadata(self._metadata(contract, standing, seconds, outcome))

    def _fingerprint(self, context: dg.OutputContext) -> Fingerprint:
        spec = context.asset_spec
        upstream = [contract_of(dep.asset_key) for dep in spec.deps]
        commits = {contract.full_name: self.lake.commit_of(contract) for contract in upstream}
        return Fingerprint(
            spec.code_version or "", {name: commit.content_id for name, commit in sorted(commits.items()) if commit}
        )

    def _metadata(self, contract: TableContract, standing: Commit, seconds: float, outcome: str) -> dict[str, dg.MetadataValue]:
        return {
            "dagster/row_count": dg.MetadataValue.int(standing.row_count),
            "bytes": dg.MetadataValue.int(standing.byte_count),
            "seconds": dg.MetadataValue.float(seconds),
            "outcome": dg.MetadataValue.text(outcome),
            "table_version": dg.MetadataValue.int(standing.version),
            "engine": dg.MetadataValue.text("Polars" if contract.layer == "bronze" else engine_name(self.lake.spark_remote)),
            "dagster/uri": dg.MetadataValue.text(self.lake.url_of(contract)),
        }


def contract_of(key: dg.AssetKey) -> TableContract:
    """Return the contract of the lake table with this asset key."""
    if key not in CONTRACTS:
        raise LookupError(f"{key.to_user_string()} has no contract. Declare the table in elt_pipeline/contracts/.")
    return CONTRACTS[key]


def _is_made_from(standing: Commit | None, fingerprint: Fingerprint) -> bool:
    # What comes from outside the lake has no inputs with versions: only its rows can tell.
    known = standing.stamp.fingerprint if standing and standing.stamp else None
    return bool(fingerprint.inputs) and known == fingerprint


def _partitions(context: dg.OutputContext) -> list[str] | None:
    if not context.has_asset_partitions or context.asset_partitions_def is None:
        return None
    asked = sorted(context.asset_partition_keys)
    return None if len(asked) == len(context.asset_partitions_def.get_partition_keys()) else asked
