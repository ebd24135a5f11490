"""How a table of the lake is brought up to date: computed and written only where its inputs or its code have changed."""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from elt_pipeline.contracts.table import TableContract
from elt_pipeline.storage.cost import Cost, Meter
from elt_pipeline.storage.delta.commits import Commit, Fingerprint, Stamp
from elt_pipeline.storage.delta.lake import Lake

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

log = logging.getLogger("booklake")


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
        with lake.telling_if_engine_is_gone():
            changed = lake.write(contract, recipe.make(), Stamp(run_id, fingerprint), partitions)
        standing, outcome = lake.commit_of(contract), "written" if changed else "unchanged"
    if standing is None:
        raise LookupError(f"{contract.full_name} was written but cannot be found at {lake.url_of(contract)}.")
    cost = meter.cost
    log.info("  %-24s %11s rows %7.1f s  %s", contract.full_name, f"{standing.row_count:,}", cost.seconds, outcome)
    return Kept(outcome, standing, cost)


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
