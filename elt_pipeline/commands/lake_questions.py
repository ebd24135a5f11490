"""Questions to the lake for people at a terminal. Questions to Postgres belong to catalogue/."""

from dataclasses import dataclass

import polars as pl

from elt_pipeline.checks import MADE
from elt_pipeline.contracts import silver
from elt_pipeline.session import lake_of
from elt_pipeline.settings import Settings
from elt_pipeline.storage.delta.content_hash import content_hash


@dataclass(frozen=True)
class TableState:
    """A table of the lake as it stands; the hash is empty where it was not asked for."""

    table: str
    row_count: int
    byte_count: int
    version: int
    run_id: str
    content_hash: str


@dataclass(frozen=True)
class RejectedRow:
    """A source row that was not taken, and where it stood."""

    source_table: str
    reason: str
    key: str | None
    file: str | None
    line: int | None
    row: str


def table_states(settings: Settings, *, with_hashes: bool) -> list[TableState]:
    """Return the state of each table that exists, in the order in which they are made."""
    lake = lake_of(settings)
    states = []
    for contract in MADE:
        commit = lake.commit_of(contract)
        if commit is None:
            continue
        digest = content_hash(contract, lake.scan(contract)).digest if with_hashes else ""
        run_id = commit.stamp.run_id if commit.stamp else ""
        states.append(TableState(contract.full_name, commit.row_count, commit.byte_count, commit.version, run_id, digest))
    return states


def rejected_rows(settings: Settings, max_rows: int) -> list[RejectedRow]:
    """Return rejected rows by table and reason, at most ``max_rows`` of each reason; empty before the first refresh."""
    lake = lake_of(settings)
    if lake.commit_of(silver.REJECTED_ROWS) is None:
        return []
    by_reason = ["source_table", "rejection_reason"]
    ordered = lake.scan(silver.REJECTED_ROWS).sort(*by_reason, "_source_file", "_source_line", "rejected_row_id")
    rows = ordered.group_by(by_reason, maintain_order=True).head(max_rows)
    columns = ["source_table", "rejection_reason", "source_key", "_source_file", "_source_line", "source_row"]
    return [RejectedRow(*row) for row in rows.select(pl.col(columns)).collect().rows()]
