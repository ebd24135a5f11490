"""How a table of the lake is brought up to date: computed and written only where its inputs or its code have changed."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from pyspark.errors import PySparkException

from elt_pipeline.contracts.table import TableContract
from elt_pipeline.storage.cost import Cost, Meter
from elt_pipeline.storage.delta.commits import Commit, Fingerprint, LakeUnavailable, Overtaken, Stamp
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.store_words import lost_connection

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

log = logging.getLogger("booklake")

# How Delta begins the names of its conflicts: another write of rows, of the schema, of the table itself where both made it.
CONFLICTS = ("[DELTA_CONCURRENT_", "[DELTA_METADATA_CHANGED", "[DELTA_PROTOCOL_CHANGED")
WRITES = 3


@dataclass(frozen=True)
class Kept:
    """A table after its upkeep: ``written`` or ``unchanged``, its last commit, and what it took."""

    outcome: str
    commit: Commit
    cost: Cost


@dataclass(frozen=True)
class Recipe:
    """How a table comes about: from which tables, by which version of the code, and the frame, made when it is called for."""

    contract: TableContract
    inputs: Iterable[TableContract]
    code_version: str
    make: "Callable[[], DataFrame | pl.LazyFrame]"


def bring_up_to_date(lake: Lake, recipe: Recipe, run_id: str, partitions: Collection[str] | None = None) -> Kept:
    """Write the recipe's table unless it is already what its inputs and code give; neither is then computed, nor Spark opened.

    ``partitions`` names those to look at, None all. Tables without inputs come from outside, where only their rows can tell.
    """
    meter, contract = Meter.start(), recipe.contract
    fingerprint = fingerprint_of(lake, recipe)
    standing, outcome = lake.commit_of(contract), "unchanged"
    if standing is None or not is_made_from(standing, fingerprint):
        with lake.telling_if_engine_is_gone(), _server_named(lake.url_of(contract)):
            changed = _write(lake, recipe, Stamp(run_id, fingerprint), partitions)
        standing, outcome = lake.commit_of(contract), "written" if changed else "unchanged"
    if standing is None:
        raise LookupError(f"{contract.full_name} was written but cannot be found at {lake.url_of(contract)}.")
    cost = meter.cost
    log.info("  %-24s %11s rows %7.1f s  %s", contract.full_name, f"{standing.row_count:,}", cost.seconds, outcome)
    return Kept(outcome, standing, cost)


def _write(lake: Lake, recipe: Recipe, stamp: Stamp, partitions: Collection[str] | None) -> bool:
    """Write the table, anew where another write came between; return whether anything changed.

    Spark's server goes on for a while with what a killed run asked of it, though the lake is ours: Delta lets one of the two win.
    """
    for _ in range(WRITES - 1):
        try:
            return lake.write(recipe.contract, recipe.make(), stamp, partitions)
        except (Overtaken, PySparkException) as error:
            if not isinstance(error, Overtaken) and not any(conflict in str(error) for conflict in CONFLICTS):
                raise
            told = "  %s: another write came between, as of a run that was killed; it is made again."
            log.info(told, recipe.contract.full_name)
    return lake.write(recipe.contract, recipe.make(), stamp, partitions)


@contextmanager
def _server_named(url: str) -> Iterator[None]:
    """Let an error of Spark that names only a broken connection become one that names whose: the store's."""
    try:
        yield
    except PySparkException as error:
        cause = lost_connection(str(error))
        # So the system speaks to Sail; that Sail itself is gone, gRPC says in other words.
        if cause is None or "(os error" not in str(error) or not url.startswith("s3a://"):
            raise
        raise LakeUnavailable(
            f"The lake's server stopped answering while {url} was made: {cause}. Start it, or correct AWS_ENDPOINT_URL."
        ) from error


def fingerprint_of(lake: Lake, recipe: Recipe) -> Fingerprint:
    """Return what the recipe's table would be made from now."""
    commits = {table.full_name: lake.commit_of(table) for table in recipe.inputs}
    missing = [name for name, commit in commits.items() if commit is None]
    if missing:
        raise LookupError(
            f"{recipe.contract.full_name} needs {', '.join(missing)}, which is not there yet: run `booklake refresh`."
        )
    return Fingerprint(recipe.code_version, {name: commit.content_id for name, commit in sorted(commits.items()) if commit})


def is_made_from(standing: Commit, fingerprint: Fingerprint) -> bool:
    """Return whether the table is as the commit left it that made it from just these inputs and this code."""
    return bool(fingerprint.inputs) and standing.stamp is not None and standing.stamp.fingerprint == fingerprint
