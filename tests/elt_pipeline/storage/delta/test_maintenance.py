"""Maintenance: fewer files, the same rows, the same stamp; what is younger than its days stays, and what went is said to."""

import polars as pl
import pytest
from pyspark.sql import SparkSession

from elt_pipeline.contracts.table import Column, ColumnType, TableContract, Write
from elt_pipeline.storage.delta.commits import Fingerprint, LakeUnavailable, Stamp, last_commit
from elt_pipeline.storage.delta.content_hash import content_hash
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.maintenance import maintain
from elt_pipeline.storage.delta.versions import stored_files

STAMP = Stamp("a run", Fingerprint("code", {"silver.works": "id@1"}))
SHELVES = TableContract(
    layer="gold",
    name="shelves",
    grain="One row per shelf.",
    primary_key=("shelf_id",),
    write=Write.MERGE,
    columns=(Column("shelf_id", ColumnType.LONG, "Its id.", nullable=False), Column("name", ColumnType.STRING, "Its name.")),
)


@pytest.fixture
def lake(spark: SparkSession, place: str) -> Lake:
    """A table of four versions in many small files: written, merged twice, and stamped each time."""
    lake = Lake(place, None)
    for names in (["SF", "Crime"], ["SF", "Poetry"], ["SF", "Poetry", "Drama"]):
        lake.write(SHELVES, spark.createDataFrame(list(enumerate(names)), SHELVES.spark_schema), STAMP, None)
    return lake


def rows(lake: Lake, version: int | None = None) -> list[tuple[object, ...]]:
    return lake.scan(SHELVES, version).sort("shelf_id").collect().rows()


def test_a_table_is_compacted_and_stays_what_it_was_to_the_next_refresh(lake: Lake) -> None:
    before, hashed = lake.commit_of(SHELVES), content_hash(SHELVES, lake.scan(SHELVES))
    done = lake.maintain(SHELVES, kept_days=30)
    after = lake.commit_of(SHELVES)
    assert done is not None
    assert done.files_compacted > 1
    assert done.files_removed == 0
    assert before is not None
    assert after is not None
    assert after.stamp is not None
    assert (after.stamp.fingerprint, after.content_id) == (STAMP.fingerprint, before.content_id)
    assert after.version == before.version + 1
    assert content_hash(SHELVES, lake.scan(SHELVES)) == hashed


def test_a_table_that_needs_nothing_gets_no_byte(lake: Lake) -> None:
    lake.maintain(SHELVES, kept_days=30)
    before = stored_files(lake.url_of(SHELVES))
    done = lake.maintain(SHELVES, kept_days=30)
    assert done is not None
    assert (done.files_compacted, done.files_removed) == (0, 0)
    assert stored_files(lake.url_of(SHELVES)) == before


def test_what_only_old_versions_need_goes_and_the_current_one_is_whole(lake: Lake) -> None:
    hashed = content_hash(SHELVES, lake.scan(SHELVES))
    done = lake.maintain(SHELVES, kept_days=0)
    assert done is not None
    assert done.files_removed > 0
    stored = stored_files(lake.url_of(SHELVES))
    assert (done.files_after, done.bytes_after) == (len(stored), sum(stored.values()))
    assert len([name for name in stored if name.endswith(".parquet")]) == 1
    assert content_hash(SHELVES, lake.scan(SHELVES)) == hashed
    commit = lake.commit_of(SHELVES)
    assert commit is not None
    assert commit.stamp is not None
    assert commit.stamp.fingerprint == STAMP.fingerprint
    again = lake.maintain(SHELVES, kept_days=0)
    assert again is not None
    assert again.files_removed == 0
    assert stored_files(lake.url_of(SHELVES)) == stored


def test_a_merge_goes_on_where_maintenance_left_off(lake: Lake, spark: SparkSession) -> None:
    lake.maintain(SHELVES, kept_days=0)
    lake.write(SHELVES, spark.createDataFrame([(0, "SF"), (1, "Essays")], SHELVES.spark_schema), STAMP, None)
    assert rows(lake) == [(0, "SF"), (1, "Essays")]


def test_an_older_version_is_read_by_either_engine_until_it_is_removed(lake: Lake) -> None:
    expected = [(0, "SF"), (1, "Crime")]
    assert rows(lake, version=0) == expected
    assert [tuple(row) for row in lake.read(SHELVES, version=0).orderBy("shelf_id").collect()] == expected
    lake.maintain(SHELVES, kept_days=0)
    for read in (lake.scan, lake.read):
        with pytest.raises(
            LakeUnavailable, match=r"Version 0 of .*gold/shelves cannot be read any more: maintenance has removed"
        ):
            read(SHELVES, version=0)


def test_what_a_killed_write_left_goes_once_it_is_old(lake: Lake) -> None:
    url = lake.url_of(SHELVES)
    pl.DataFrame({"shelf_id": [9]}).write_parquet(f"{url}/part-of-a-killed-write.parquet")
    assert maintain("gold.shelves", url, kept_days=30).files_removed == 0  # type: ignore[union-attr]
    assert "part-of-a-killed-write.parquet" in stored_files(url)
    maintain("gold.shelves", url, kept_days=0)
    assert "part-of-a-killed-write.parquet" not in stored_files(url)
    assert rows(lake) == [(0, "SF"), (1, "Poetry"), (2, "Drama")]


def test_somebody_elses_table_is_maintained_without_a_stamp(place: str) -> None:
    for name in ("SF", "Crime"):
        pl.DataFrame({"name": [name]}).write_delta(f"{place}/theirs", mode="append")
    done = maintain("theirs", f"{place}/theirs", kept_days=30)
    assert done is not None
    assert done.files_compacted == 2
    assert last_commit(f"{place}/theirs").stamp is None  # type: ignore[union-attr]


def test_a_table_that_is_not_there_is_left_alone(place: str) -> None:
    assert maintain("none", f"{place}/none", kept_days=0) is None
    assert Lake(place, None).versions_of(SHELVES, 5) == []
