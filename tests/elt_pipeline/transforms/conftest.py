"""Bronze frames from literal rows: a row names the columns it is about, the rest are null."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from elt_pipeline.contracts import bronze, silver
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.transforms.raw_tables import RawTables

Row = dict[str, Any]
INGESTED_AT = datetime(2026, 1, 1, tzinfo=UTC)


class MakeRows(Protocol):
    def __call__(self, contract: TableContract, rows: list[Row]) -> DataFrame: ...


@pytest.fixture(scope="session")
def make(spark: SparkSession) -> MakeRows:
    """A frame of a contract's columns."""

    def of(contract: TableContract, rows: list[Row]) -> DataFrame:
        defaults: Row = {
            "_ingested_at": INGESTED_AT,
            "_publish_partition": "unknown",
            "issues": "",
            "evidence": "",
            "rule": "alone",
        }
        unknown = {name for row in rows for name in row} - set(contract.column_names)
        assert not unknown, f"{contract.full_name} has no {unknown}"
        values = [tuple(row.get(name, defaults.get(name)) for name in contract.column_names) for row in rows]
        return spark.createDataFrame(values, contract.spark_schema)

    return of


@pytest.fixture(scope="session")
def settled(spark: SparkSession) -> Callable[[DataFrame], DataFrame]:
    """The frame computed once, as the lake hands it on; else each step computes all before it again."""
    return lambda frame: spark.createDataFrame(frame.toArrow(), frame.schema)


@pytest.fixture(scope="session")
def raw_books(make: MakeRows) -> Callable[..., DataFrame]:
    """Raw books, each a usable one but for what its row says."""
    return lambda *rows: make(bronze.BOOKS, [{"Id": "1", "Name": "Dune", **row} for row in rows])


@pytest.fixture(scope="session")
def editions(make: MakeRows) -> Callable[..., DataFrame]:
    """Silver editions; a title that is not given is the source's title and the other way round."""

    def of(*rows: Row) -> DataFrame:
        titled = [{"title": row.get("source_title", "Dune"), "source_title": row.get("title", "Dune"), **row} for row in rows]
        return make(silver.EDITIONS, titled)

    return of


@pytest.fixture(scope="session")
def raw_tables(make: MakeRows) -> Callable[..., RawTables]:
    """All raw tables; those that are not given are empty."""

    def of(**rows: list[Row]) -> RawTables:
        return RawTables(**{contract.name: make(contract, rows.get(contract.name, [])) for contract in bronze.TABLES})

    return of


@pytest.fixture(scope="session")
def value_of(spark: SparkSession) -> Callable[..., Any]:
    """What a rule makes of one text, or of several as its columns."""

    def of(rule: Callable[..., Column], *texts: str | None) -> Any:
        names = [f"text_{place}" for place in range(len(texts))]
        frame = spark.createDataFrame([texts], ", ".join(f"{name} string" for name in names))
        return frame.select(rule(*map(F.col, names)).alias("value")).collect()[0]["value"]

    return of
