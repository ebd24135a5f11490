"""Questions to the lake for people at a terminal. Questions to Postgres belong to catalogue/."""

from dataclasses import dataclass

import polars as pl

from elt_pipeline.contracts import silver
from elt_pipeline.contracts.lake import TABLES
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.session import open_lake
from elt_pipeline.settings import Settings
from elt_pipeline.storage.delta.content_hash import content_hash
from elt_pipeline.storage.delta.versions import Version


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
class RecordedRow:
    """A source row that was rejected or merged, where it stood, and the key of what it was merged into."""

    source_table: str
    reason: str
    key: str | None
    file: str | None
    line: int | None
    row: str
    into_key: str | None


def table_states(settings: Settings, *, with_hashes: bool) -> list[TableState]:
    """Return the state of each table that exists, in the order in which they are made."""
    lake = open_lake(settings)
    states = []
    for contract in TABLES:
        commit = lake.commit_of(contract)
        if commit is None:
            continue
        digest = content_hash(contract, lake.scan(contract)).digest if with_hashes else ""
        run_id = commit.stamp.run_id if commit.stamp else ""
        states.append(TableState(contract.full_name, commit.row_count, commit.byte_count, commit.version, run_id, digest))
    return states


def table_named(name: str) -> TableContract:
    """Return the table of the lake with the name, say ``gold.works``. Raises ``LookupError`` with the names that there are."""
    tables = {contract.full_name: contract for contract in TABLES}
    if name not in tables:
        raise LookupError(f"{name} is no table of the lake. These are: {', '.join(tables)}.")
    return tables[name]


def table_versions(settings: Settings, table: TableContract, last: int) -> list[Version]:
    """Return the last versions of the table, the newest first; none before the first refresh."""
    return open_lake(settings).versions_of(table, last)


def recorded_rows(settings: Settings, table: TableContract, max_rows: int) -> list[RecordedRow]:
    """Return the rows of ``silver.REJECTED_ROWS`` or ``silver.MERGED_ROWS``, by table and reason, ``max_rows`` of each at most.

    Empty before the first refresh.
    """
    lake = open_lake(settings)
    if lake.commit_of(table) is None:
        return []
    reason = "rejection_reason" if table == silver.REJECTED_ROWS else "rule"
    into_key = pl.lit(None, pl.String) if table == silver.REJECTED_ROWS else pl.col("into_key")
    ordered = lake.scan(table).sort("source_table", reason, "_source_file", "_source_line", table.primary_key[0])
    rows = ordered.group_by("source_table", reason, maintain_order=True).head(max_rows)
    columns = ["source_table", reason, "source_key", "_source_file", "_source_line", "source_row"]
    return [RecordedRow(*row) for row in rows.select(*columns, into_key.alias("into")).collect().rows()]
