"""What holds for every contract: a table is under test the moment it is declared."""

import re

import polars as pl
import psycopg
import pytest

from elt_pipeline.contracts import bronze, gold, silver, source
from elt_pipeline.contracts.lake import TABLES
from elt_pipeline.contracts.table import Column, ColumnType, ContractViolation, TableContract, Write
from elt_pipeline.storage.postgres.warehouse import Warehouse

every_contract = pytest.mark.parametrize("contract", TABLES, ids=lambda contract: contract.full_name)
OURS = re.compile(r"_?[a-z][a-z0-9]*(_[a-z0-9]+)*")


def test_no_table_is_declared_twice() -> None:
    assert len({contract.full_name for contract in TABLES}) == len(TABLES)


@every_contract
def test_names_are_snake_case_and_name_no_layer(contract: TableContract) -> None:
    assert OURS.fullmatch(contract.name)
    assert contract.layer not in contract.name
    ours = [column.name for column in contract.columns if contract.layer != "bronze" or column.name.startswith("_")]
    assert [name for name in ours if not OURS.fullmatch(name)] == []


@every_contract
def test_grain_and_columns_are_described(contract: TableContract) -> None:
    assert re.fullmatch(r"One row per .+\.", contract.grain)
    assert [column.name for column in contract.columns if not column.description.endswith(".")] == []


@every_contract
def test_keys_exist_and_are_not_null(contract: TableContract) -> None:
    promised = {column.name for column in contract.columns if not column.nullable}
    assert set(contract.primary_key) <= promised
    assert contract.write is not Write.MERGE or contract.primary_key


@every_contract
def test_column_names_are_unique_whatever_their_case(contract: TableContract) -> None:
    names = [name.casefold() for name in contract.column_names]
    assert len(set(names)) == len(names)


@every_contract
def test_postgres_takes_the_ddl_and_gives_the_types(contract: TableContract, warehouse: Warehouse) -> None:
    with warehouse.connect("owner") as connection:
        connection.execute(f"create temporary table described ({contract.postgres_columns})")
        described = connection.execute("select * from described").description or []
        connection.execute("drop table described")
    assert [column.name for column in described] == contract.column_names
    assert all(isinstance(column, psycopg.Column) for column in described)


@every_contract
def test_an_empty_frame_of_the_contracts_schema_fits_it(contract: TableContract) -> None:
    empty = pl.DataFrame(schema=contract.polars_schema)
    contract.check_polars(empty.schema)
    contract.check_spark(contract.spark_schema)
    assert empty.columns == contract.spark_schema.fieldNames() == contract.column_names


def test_a_column_means_the_same_in_every_table_from_silver_on() -> None:
    kinds: dict[str, set[ColumnType]] = {}
    for contract in (*silver.TABLES, *gold.TABLES):
        for column in contract.columns:
            kinds.setdefault(column.name, set()).add(column.type)
    assert {name: types for name, types in kinds.items() if len(types) > 1} == {}


def test_all_differences_are_in_one_message() -> None:
    contract = TableContract(
        layer="silver",
        name="pairs",
        grain="One row per pair.",
        columns=(Column("a", ColumnType.LONG, "A."), Column("b", ColumnType.STRING, "B.")),
        write=Write.OVERWRITE,
    )
    with pytest.raises(ContractViolation) as violation:
        contract.check_polars({"a": pl.String(), "c": pl.String()})
    assert "missing column `b`; unexpected column `c`; column `a` is String, not Int64" in str(violation.value)


def test_bronze_has_a_source_for_every_table() -> None:
    assert bronze.SOURCE_OF.keys() == {contract.name for contract in bronze.TABLES}


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("book1-100k.csv", source.BOOK),
        ("Book_Genre.csv", source.BOOK_GENRE),
        ("book_download_link.csv", source.BOOK_DOWNLOAD_LINK),
        ("rating.csv", source.RATING),
        ("user_rating_0_to_1000.csv", source.USER_RATING),
        ("genre.csv", source.GENRE),
        ("notes.csv", None),
    ],
)
def test_a_file_belongs_to_the_table_with_the_longest_fitting_prefix(file: str, table: source.SourceTable | None) -> None:
    assert source.table_of_file(file) is table


def test_publish_partitions_are_fixed() -> None:
    assert bronze.PUBLISH_PARTITIONS[:3] == ("unknown", "before_1975", "1975")
    assert (bronze.PUBLISH_PARTITIONS[-1], len(bronze.PUBLISH_PARTITIONS)) == ("2030", 58)
