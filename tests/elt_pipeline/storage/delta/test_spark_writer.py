"""Silver's and gold's writes: merge by key, and only what differs."""

import polars as pl
import pytest
from pyspark.sql import DataFrame, SparkSession

from elt_pipeline.contracts.table import Column, ColumnType, ContractViolation, TableContract, Write
from elt_pipeline.storage.delta.commits import Fingerprint, Stamp, last_commit, open_table
from elt_pipeline.storage.delta.spark_writer import merge, merge_statement, overwrite
from elt_pipeline.storage.delta.versions import stored_files

STAMP = Stamp("a run", Fingerprint("code", {"bronze.books": "id@1"}))
NEXT = Stamp("another run", Fingerprint("code", {"bronze.books": "id@2"}))
SHELVES = TableContract(
    layer="silver",
    name="shelves",
    grain="One row per shelf.",
    primary_key=("shelf_id",),
    write=Write.MERGE,
    columns=(
        Column("shelf_id", ColumnType.LONG, "Its id.", nullable=False),
        Column("name", ColumnType.STRING, "Its name."),
        Column("_source_line", ColumnType.LONG, "Where it stood."),
    ),
)


def shelves(spark: SparkSession, *rows: tuple[int, str | None, int | None]) -> DataFrame:
    return spark.createDataFrame(list(rows), SHELVES.spark_schema)


def standing(url: str) -> list[tuple[object, ...]]:
    return pl.read_delta(url).sort("shelf_id").select(SHELVES.column_names).rows()


@pytest.fixture
def url(place: str) -> str:
    return f"{place}/shelves"


def test_a_merge_updates_inserts_and_deletes(spark: SparkSession, url: str) -> None:
    assert merge(SHELVES, url, shelves(spark, (1, "SF", 1), (2, None, 2), (3, "Crime", 3)), STAMP)
    assert merge(SHELVES, url, shelves(spark, (1, "SF", 1), (2, "Poetry", 2), (4, "", None)), NEXT)
    assert standing(url) == [(1, "SF", 1), (2, "Poetry", 2), (4, "", None)]


def test_a_merge_of_equal_rows_keeps_the_content_version_and_takes_the_new_stamp(spark: SparkSession, url: str) -> None:
    merge(SHELVES, url, shelves(spark, (1, "SF", None), (2, None, 2)), STAMP)
    before = last_commit(url)
    files = {name for name in stored_files(url) if name.endswith(".parquet")}
    assert not merge(SHELVES, url, shelves(spark, (2, None, 2), (1, "SF", None)), NEXT)
    after = last_commit(url)
    assert before is not None
    assert after is not None
    assert after.stamp is not None
    assert after.content_id == before.content_id
    assert after.stamp.fingerprint == NEXT.fingerprint
    assert {name for name in stored_files(url) if name.endswith(".parquet")} == files


def test_a_merge_that_changes_rows_has_a_new_content_version(spark: SparkSession, url: str) -> None:
    merge(SHELVES, url, shelves(spark, (1, "SF", 1)), STAMP)
    before = last_commit(url)
    merge(SHELVES, url, shelves(spark, (1, "Crime", 1)), NEXT)
    after = last_commit(url)
    assert before is not None
    assert after is not None
    assert after.content_id != before.content_id


def test_null_and_empty_text_differ_in_a_merge(spark: SparkSession, url: str) -> None:
    merge(SHELVES, url, shelves(spark, (1, None, None)), STAMP)
    assert merge(SHELVES, url, shelves(spark, (1, "", None)), NEXT)
    assert standing(url) == [(1, "", None)]


def test_a_merge_cut_off_before_its_stamp_is_made_good_by_the_next(spark: SparkSession, url: str) -> None:
    merge(SHELVES, url, shelves(spark, (1, "SF", 1)), STAMP)
    shelves(spark, (1, "Crime", 1)).createOrReplaceTempView("cut_off")
    spark.sql(merge_statement(SHELVES, url, "cut_off")).collect()
    commit = last_commit(url)
    assert commit is not None
    assert commit.stamp is None
    merge(SHELVES, url, shelves(spark, (1, "Crime", 1)), NEXT)
    commit = last_commit(url)
    assert commit is not None
    assert commit.stamp is not None
    assert commit.stamp.fingerprint == NEXT.fingerprint
    assert standing(url) == [(1, "Crime", 1)]


def test_an_empty_frame_empties_the_table(spark: SparkSession, url: str) -> None:
    merge(SHELVES, url, shelves(spark, (1, "SF", 1)), STAMP)
    merge(SHELVES, url, shelves(spark), NEXT)
    assert standing(url) == []


def test_a_table_with_another_schema_is_overwritten(spark: SparkSession, url: str) -> None:
    spark.createDataFrame([(1,)], "shelf_id bigint").write.format("delta").save(url)
    merge(SHELVES, url, shelves(spark, (1, "SF", 1)), STAMP)
    assert standing(url) == [(1, "SF", 1)]


def test_a_frame_that_breaks_its_contract_is_refused_with_every_difference(spark: SparkSession, url: str) -> None:
    wrong = spark.createDataFrame([(1, "a", "b")], "shelf_id int, label string, name string")
    with pytest.raises(
        ContractViolation, match=r"missing column `_source_line`; unexpected column `label`; column `shelf_id` is"
    ):
        overwrite(SHELVES, url, wrong, STAMP)
    assert open_table(url) is None


def test_columns_are_written_by_name_and_not_by_position(spark: SparkSession, url: str) -> None:
    frame = shelves(spark, (1, "SF", 9)).select("_source_line", "name", "shelf_id")
    overwrite(SHELVES, url, frame, STAMP)
    merge(SHELVES, url, shelves(spark, (1, "SF", 8)).select("name", "_source_line", "shelf_id"), NEXT)
    assert standing(url) == [(1, "SF", 8)]
