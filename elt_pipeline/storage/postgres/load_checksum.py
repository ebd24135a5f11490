"""One checksum of a table, computed by Polars on what is sent and by Postgres on what arrived. Copying does not belong here.

Per column: how many values are not null, and their sum in a whole number: integers and booleans themselves, text by its length
in bytes, decimals in hundredths, dates in days and times in microseconds since 1970. Floats have only the count: their sum
depends on the order.
"""

from collections.abc import Mapping

import polars as pl
from psycopg import sql

from elt_pipeline.contracts.table import ColumnType, TableContract
from elt_pipeline.storage.postgres.warehouse import Connection

Checksum = dict[str, tuple[int, int]]

SUMMED_IN_POSTGRES = {
    ColumnType.STRING: "octet_length({})",
    ColumnType.LONG: "{}",
    ColumnType.INTEGER: "{}",
    ColumnType.STARS: "({} * 100)",
    ColumnType.WEIGHT: "({} * 0)",
    ColumnType.BOOLEAN: "({})::int",
    ColumnType.DATE: "({} - date '1970-01-01')",
    ColumnType.TIMESTAMP: "(extract(epoch from {}) * 1000000)",
}


def checksum_of_frame(contract: TableContract, frame: pl.DataFrame) -> Checksum:
    """The checksum of a frame in the contract's columns."""
    return {
        column.name: (frame.height - frame[column.name].null_count(), _sum(frame[column.name], column.type))
        for column in contract.columns
    }


def checksum_of_table(connection: Connection, schema: str, contract: TableContract) -> Checksum:
    """The checksum of the table in Postgres."""
    parts = [
        sql.SQL("count({name}), coalesce(sum({value}), 0)").format(
            name=sql.Identifier(column.name),
            value=sql.SQL(SUMMED_IN_POSTGRES[column.type]).format(sql.Identifier(column.name)),
        )
        for column in contract.columns
    ]
    query = sql.SQL("select {} from {}").format(sql.SQL(", ").join(parts), sql.Identifier(schema, contract.name))
    numbers = [int(number) for number in connection.execute(query).fetchone() or ()]
    return dict(zip(contract.column_names, zip(numbers[::2], numbers[1::2], strict=True), strict=True))


def added(one: Mapping[str, tuple[int, int]], other: Mapping[str, tuple[int, int]]) -> Checksum:
    """The checksum of two disjoint parts together."""
    return {name: (count + other[name][0], total + other[name][1]) for name, (count, total) in one.items()}


def _sum(values: pl.Series, kind: ColumnType) -> int:
    if kind is ColumnType.WEIGHT:
        return 0
    if kind is ColumnType.STRING:
        values = values.str.len_bytes()
    if kind is ColumnType.STARS:
        values = values * 100
    if kind in {ColumnType.DATE, ColumnType.TIMESTAMP}:
        values = values.to_physical()
    # Ids of 60 bits overflow 64 bits after a few rows.
    return int(values.cast(pl.Int128).sum())
