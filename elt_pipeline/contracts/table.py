"""The type behind every contract: one declaration, and the same table in Spark, Polars and Postgres."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal

import polars as pl
from pyspark.sql import types as T

Layer = Literal["source", "bronze", "silver", "gold"]


class ContractViolation(Exception):
    """A table is not what its contract says; the message lists every difference."""


class ColumnType(Enum):
    """One logical type and its name in each engine, so that none is ever inferred."""

    STRING = (T.StringType(), pl.String(), "text")
    LONG = (T.LongType(), pl.Int64(), "bigint")
    INTEGER = (T.IntegerType(), pl.Int32(), "integer")
    STARS = (T.DecimalType(3, 2), pl.Decimal(3, 2), "numeric(3,2)")
    WEIGHT = (T.DoubleType(), pl.Float64(), "double precision")
    BOOLEAN = (T.BooleanType(), pl.Boolean(), "boolean")
    DATE = (T.DateType(), pl.Date(), "date")
    TIMESTAMP = (T.TimestampType(), pl.Datetime("us", "UTC"), "timestamptz")

    def __init__(self, spark: T.DataType, polars: pl.DataType, postgres: str) -> None:
        self.spark = spark
        self.polars = polars
        self.postgres = postgres


class Write(Enum):
    """How a table is kept up to date."""

    OVERWRITE = "overwrite"
    REPLACE_PARTITIONS = "replace partitions"
    MERGE = "merge by key"
    APPEND = "append"


@dataclass(frozen=True)
class Column:
    """A column; names that start with ``_`` are ours, say where a row came from, and are left out of content hashes."""

    name: str
    type: ColumnType
    description: str
    nullable: bool = True


@dataclass(frozen=True)
class TableContract:
    """A table's name, grain, key, columns in order, and how it is written."""

    layer: Layer
    name: str
    grain: str
    columns: tuple[Column, ...]
    write: Write
    primary_key: tuple[str, ...] = ()
    partition_column: str | None = None

    @property
    def full_name(self) -> str:
        """``layer.table``."""
        return f"{self.layer}.{self.name}"

    @property
    def key(self) -> tuple[str, str]:
        """The asset key."""
        return (self.layer, self.name)

    @property
    def keeps_new_columns(self) -> bool:
        """Whether columns that the source adds are kept beside ours."""
        return self.layer == "bronze"

    @property
    def column_names(self) -> list[str]:
        """All columns in order."""
        return [column.name for column in self.columns]

    @property
    def content_columns(self) -> list[str]:
        """The columns that make up the content: all but ours."""
        return [name for name in self.column_names if not name.startswith("_")]

    @property
    def spark_schema(self) -> T.StructType:
        """The schema in Spark."""
        return T.StructType([T.StructField(column.name, column.type.spark, column.nullable) for column in self.columns])

    @property
    def polars_schema(self) -> dict[str, pl.DataType]:
        """The schema in Polars."""
        return {column.name: column.type.polars for column in self.columns}

    @property
    def postgres_columns(self) -> str:
        """The column list of a ``create table``."""
        return ", ".join(
            f'"{column.name}" {column.type.postgres}{"" if column.nullable else " not null"}' for column in self.columns
        )

    def check_spark(self, schema: T.StructType) -> None:
        """Raise ``ContractViolation`` with all differences between a Spark schema and this contract."""
        found = {field.name: field.dataType for field in schema.fields}
        self._raise_if(self._differences(found, {column.name: column.type.spark for column in self.columns}))

    def check_polars(self, schema: Mapping[str, pl.DataType]) -> None:
        """Raise ``ContractViolation`` with all differences between a Polars schema and this contract."""
        self._raise_if(self._differences(schema, self.polars_schema))

    def _differences(self, found: Mapping[str, object], wanted: Mapping[str, object]) -> list[str]:
        missing = [f"missing column `{name}`" for name in wanted if name not in found]
        unexpected = [f"unexpected column `{name}`" for name in found if name not in wanted and not self.keeps_new_columns]
        both = [name for name in wanted if name in found]
        retyped = [f"column `{name}` is {found[name]}, not {wanted[name]}" for name in both if found[name] != wanted[name]]
        return missing + unexpected + retyped

    def _raise_if(self, differences: list[str]) -> None:
        if differences:
            raise ContractViolation(
                f"{self.full_name}: {'; '.join(differences)}. Make the frame and contracts/{self.layer}.py agree."
            )
