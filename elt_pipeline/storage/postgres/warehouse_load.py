"""Gold from the lake into Postgres' ``gold_next``, typed, keyed and compared. Making it visible belongs to publication."""

import io
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl
import psycopg
from psycopg import sql

from elt_pipeline.contracts.table import TableContract
from elt_pipeline.storage.postgres.load_checksum import Checksum, added, checksum_of_frame, checksum_of_table
from elt_pipeline.storage.postgres.next_schema import finish_next, start_next
from elt_pipeline.storage.postgres.warehouse import Connection, Warehouse

ROWS_PER_BATCH = 50_000
NEXT = "gold_next"


class LoadRejected(Exception):
    """Postgres cannot hold what a table contains, or it breaks its contract; the message names the table and the reason."""


class LoadMismatch(Exception):
    """What arrived in Postgres is not what was sent; the message names the table and the columns."""


@dataclass(frozen=True)
class TableLoad:
    """One loaded table: its rows, the bytes sent, the seconds it took."""

    name: str
    row_count: int
    byte_count: int
    seconds: float


@dataclass(frozen=True)
class LoadSummary:
    """What a load wrote, in the order of loading."""

    tables: tuple[TableLoad, ...]

    @property
    def row_count(self) -> int:
        """All rows of all tables."""
        return sum(table.row_count for table in self.tables)


def load_gold(
    warehouse: Warehouse,
    tables: Mapping[TableContract, pl.LazyFrame],
    fingerprint: str,
    run_id: str,
    report: Callable[[str], None],
) -> LoadSummary:
    """Build ``gold_next`` from nothing: per table COPY, keys, indexes, comparison; then record the fingerprint.

    Each frame has the columns of its contract, in any order. Readers of ``gold`` notice nothing. Killed or failed, it leaves no
    fingerprint, and the next load starts anew. Raises ``ContractViolation``, ``LoadRejected``, ``LoadMismatch`` and
    ``WarehouseUnavailable``.
    """
    start_next(warehouse, "gold")
    loads = []
    with warehouse.connect("loader", "booklake load") as connection:
        for contract, frame in tables.items():
            load = _load_table(connection, contract, frame)
            report(f"{contract.full_name}: {load.row_count:,} rows loaded in {load.seconds:.1f} s")
            loads.append(load)
    finish_next(warehouse, "gold", fingerprint, run_id)
    return LoadSummary(tuple(loads))


def _load_table(connection: Connection, contract: TableContract, frame: pl.LazyFrame) -> TableLoad:
    contract.check_polars(dict(frame.collect_schema()))
    started, table = time.monotonic(), sql.Identifier(NEXT, contract.name)
    try:
        with connection.transaction():
            connection.execute(sql.SQL("create table {} ({})").format(table, sql.SQL(contract.postgres_columns)))
            row_count, byte_count, sent = _copy(connection, table, contract, frame.select(contract.column_names))
            _add_keys(connection, table, contract)
            _compare(contract, sent, checksum_of_table(connection, NEXT, contract))
            connection.execute(sql.SQL("grant select on {} to booklake_dbt").format(table))
    except (psycopg.IntegrityError, psycopg.DataError) as error:
        detail = f"{error.diag.message_primary} ({error.diag.message_detail or error.diag.context})"
        raise LoadRejected(f"{contract.full_name}: {detail}. Mend the step that writes it.") from error
    connection.execute(sql.SQL("analyze {}").format(table))
    return TableLoad(contract.name, row_count, byte_count, time.monotonic() - started)


def _copy(
    connection: Connection, table: sql.Identifier, contract: TableContract, frame: pl.LazyFrame
) -> tuple[int, int, Checksum]:
    row_count, byte_count, sent = 0, 0, checksum_of_frame(contract, pl.DataFrame(schema=contract.polars_schema))
    # Frozen rows need no second visit: the table is of this transaction, so nobody else can see it.
    with connection.cursor().copy(sql.SQL("copy {} from stdin (format csv, null '', freeze)").format(table)) as copy:
        for batch in frame.collect_batches(chunk_size=ROWS_PER_BATCH):
            _refuse_nul(contract, batch)
            encoded = io.BytesIO()
            # Text always stands in quotes, so that "" is the empty text and nothing is null.
            batch.write_csv(encoded, include_header=False, quote_style="non_numeric", null_value="")
            copy.write(encoded.getbuffer())
            row_count, byte_count = row_count + batch.height, byte_count + encoded.tell()
            sent = added(sent, checksum_of_frame(contract, batch))
    return row_count, byte_count, sent


def _refuse_nul(contract: TableContract, batch: pl.DataFrame) -> None:
    text = [name for name, kind in batch.schema.items() if kind == pl.String]
    if not text:
        return
    holding = batch.select(pl.col(text).str.contains("\0", literal=True).any()).row(0, named=True)
    for name in (name for name, holds in holding.items() if holds):
        raise LoadRejected(
            f"{contract.full_name}: column `{name}` holds the character U+0000, which Postgres cannot store. "
            "Take it out in the step that writes the table."
        )


def _add_keys(connection: Connection, table: sql.Identifier, contract: TableContract) -> None:
    if contract.primary_key:
        key = sql.SQL(", ").join(map(sql.Identifier, contract.primary_key))
        connection.execute(sql.SQL("alter table {} add primary key ({})").format(table, key))
    for column in foreign_ids(contract):
        connection.execute(sql.SQL("create index on {} ({})").format(table, sql.Identifier(column)))


def foreign_ids(contract: TableContract) -> Iterator[str]:
    """The ids by which a table is joined and that its primary key does not already lead with."""
    return (name for name in contract.column_names if name.endswith("_id") and name not in contract.primary_key[:1])


def _compare(contract: TableContract, sent: Checksum, arrived: Checksum) -> None:
    wrong = [f"`{name}` sent {sent[name]}, arrived {arrived[name]}" for name in sent if sent[name] != arrived[name]]
    if wrong:
        raise LoadMismatch(f"{contract.full_name}: counts and sums differ after the load: {'; '.join(wrong)}. Run it again.")
