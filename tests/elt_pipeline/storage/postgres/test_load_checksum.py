"""Polars and Postgres give the same checksum of the same rows, and another one when a value differs."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl

from elt_pipeline.contracts.table import Column, ColumnType, TableContract, Write
from elt_pipeline.storage.postgres.load_checksum import added, checksum_of_frame

KINDS = TableContract(
    layer="gold",
    name="kinds",
    grain="One row per kind.",
    columns=tuple(Column(kind.name.lower(), kind, "A value.") for kind in ColumnType),
    write=Write.OVERWRITE,
)
FRAME = pl.DataFrame(
    {
        "string": ["", "é", None],
        "long": [2**62, 2**62, None],
        "integer": [1, -3, None],
        "stars": [Decimal("4.25"), Decimal("0.01"), None],
        "weight": [0.1, -2.5, None],
        "boolean": [True, False, None],
        "date": [date(1970, 1, 3), date(1969, 12, 31), None],
        "timestamp": [datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), None],
    },
    schema=KINDS.polars_schema,
)


def test_each_type_has_its_count_and_its_sum() -> None:
    assert checksum_of_frame(KINDS, FRAME) == {
        "string": (2, 2),
        "long": (2, 2**63),
        "integer": (2, -2),
        "stars": (2, 426),
        "weight": (2, 0),
        "boolean": (2, 1),
        "date": (2, 1),
        "timestamp": (2, 1_000_000),
    }


def test_parts_add_up_in_any_order() -> None:
    parts = [checksum_of_frame(KINDS, FRAME[i : i + 1]) for i in range(3)]
    assert added(added(parts[2], parts[0]), parts[1]) == checksum_of_frame(KINDS, FRAME)
