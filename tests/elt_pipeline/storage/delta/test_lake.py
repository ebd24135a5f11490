"""The lake's reads and writes between engines: what one writes, the other reads."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from pyspark.sql import SparkSession

from elt_pipeline.contracts.table import Column, ColumnType, TableContract, Write
from elt_pipeline.storage.delta.commits import Fingerprint, LakeUnavailable, Stamp
from elt_pipeline.storage.delta.lake import Lake, normal_url
from elt_pipeline.storage.postgres.lake_lock import LakeLockLost

STAMP = Stamp("a run", Fingerprint("code"))
COLUMNS = (
    Column("key", ColumnType.LONG, "The key.", nullable=False),
    Column("text", ColumnType.STRING, "Any text."),
    Column("small", ColumnType.INTEGER, "A number."),
    Column("stars", ColumnType.STARS, "A decimal."),
    Column("is_it", ColumnType.BOOLEAN, "A boolean."),
    Column("day", ColumnType.DATE, "A date."),
    Column("at", ColumnType.TIMESTAMP, "A time."),
)
ROWS = [
    (1, "Dune", 412, Decimal("4.25"), True, date(1965, 8, 1), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
    (2, "", None, None, None, date(1, 1, 1), None),
    (3, "Ça \U0001f4d6 \"'\n\t\\N", -1, Decimal("0.01"), False, None, datetime(1999, 12, 31, tzinfo=UTC)),
    (4, None, 2**31 - 1, None, None, date(9999, 12, 31), None),
]


def table(write: Write) -> TableContract:
    return TableContract(
        layer="silver", name="kinds", grain="One row per key.", columns=COLUMNS, write=write, primary_key=("key",)
    )


@pytest.fixture
def lake(spark: SparkSession, place: str) -> Lake:  # noqa: ARG001 - the lake opens the same session.
    return Lake(place, None)


@pytest.mark.parametrize("rows", [pytest.param(ROWS, id="every kind of value"), pytest.param([], id="an empty table")])
def test_what_spark_writes_polars_reads(lake: Lake, rows: list[tuple[object, ...]]) -> None:
    contract = table(Write.MERGE)
    lake.write(contract, lake.spark.createDataFrame(rows, contract.spark_schema), STAMP, None)
    found = lake.scan(contract).collect()
    contract.check_polars(found.schema)
    assert found.sort("key").rows() == rows


def test_what_polars_writes_spark_reads(lake: Lake) -> None:
    contract = table(Write.APPEND)
    lake.write(contract, pl.LazyFrame(ROWS, schema=contract.polars_schema, orient="row"), STAMP, None)
    found = lake.read(contract)
    contract.check_spark(found.schema)
    # A session's times come back without a zone, in the session's: UTC.
    expected = [(*row[:-1], row[-1].replace(tzinfo=None) if isinstance(row[-1], datetime) else None) for row in ROWS]
    assert [tuple(row) for row in found.orderBy("key").collect()] == expected


@pytest.mark.parametrize("write", [Write.REPLACE_PARTITIONS, Write.APPEND])
def test_a_spark_frame_is_refused_where_polars_writes(lake: Lake, write: Write) -> None:
    frame = lake.spark.createDataFrame(ROWS, table(write).spark_schema)
    with pytest.raises(TypeError, match=r"takes a polars\.LazyFrame"):
        lake.write(table(write), frame, STAMP, None)


def test_a_polars_frame_is_refused_where_spark_merges(lake: Lake) -> None:
    with pytest.raises(TypeError, match=r"takes a pyspark\.sql\.DataFrame"):
        lake.write(table(Write.MERGE), pl.LazyFrame(), STAMP, None)


def test_a_lake_of_an_unknown_kind_is_not_an_empty_one() -> None:
    with pytest.raises(LakeUnavailable, match="foo://bar/silver/kinds cannot be read"):
        Lake("foo://bar", None).commit_of(table(Write.MERGE))


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("s3://lakehouse", "s3a://lakehouse"),
        ("S3A://lakehouse/books", "s3a://lakehouse/books"),
        ("s3n://lakehouse", "s3a://lakehouse"),
        ("/srv/lake", "/srv/lake"),
        ("gs://lakehouse", "gs://lakehouse"),
    ],
)
def test_a_bucket_has_one_spelling_for_every_engine(written: str, taken: str) -> None:
    assert normal_url(written) == taken


def test_a_table_that_does_not_exist_has_no_commit(lake: Lake) -> None:
    assert lake.commit_of(table(Write.MERGE)) is None


def test_nothing_is_written_once_the_lock_is_lost(lake: Lake) -> None:
    def lost() -> None:
        raise LakeLockLost("somebody else may be writing")

    unlocked = replace(lake, still_held=lost)
    with pytest.raises(LakeLockLost):
        unlocked.write(table(Write.MERGE), lake.spark.createDataFrame(ROWS, table(Write.MERGE).spark_schema), STAMP, None)
    assert lake.commit_of(table(Write.MERGE)) is None
