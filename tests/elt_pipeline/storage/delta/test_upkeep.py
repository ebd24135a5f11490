"""A server of the lake that goes away while a table is made: one sentence, and after its return the same rows as without."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import duckdb
import pytest
from deltalake import DeltaTable
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from elt_pipeline.storage.delta.commits import LakeUnavailable
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.upkeep import Recipe, bring_up_to_date
from elt_pipeline.storage.postgres.postgres_server import free_port
from tests.support.s3_servers import S3Server, running_minio
from tests.support.tables_of_names import BRONZE, SILVER, computed, names, source


def test_a_table_that_one_engine_made_is_read_by_all(spark: SparkSession, place: str) -> None:  # noqa: ARG001 - the lake's.
    lake = Lake(place, None)
    bring_up_to_date(lake, source("Dune", "Emma"), "a run")
    kept = bring_up_to_date(lake, computed(lake), "a run")
    for contract in (BRONZE, SILVER):
        lines = DeltaTable(lake.url_of(contract)).to_pyarrow_dataset()
        assert duckdb.from_arrow(lines).order("name").fetchall() == [("Dune",), ("Emma",)]
        assert names(lake, contract) == ["Dune", "Emma"]
        assert [row.name for row in lake.read(contract).orderBy("name").collect()] == ["Dune", "Emma"]
    assert (kept.outcome, kept.commit.row_count, kept.commit.version) == ("written", 2, 0)
    assert kept.commit.byte_count > 0
    assert bring_up_to_date(lake, computed(lake), "another run").outcome == "unchanged"


def conflicting(lake: Lake, times: int) -> Recipe:
    """A recipe that meets another's write as often as that, as the cluster tells it."""
    left = [PySparkException("[DELTA_CONCURRENT_APPEND.WITHOUT_HINT] Transaction conflict detected.")] * times

    def make() -> DataFrame:
        if left:
            raise left.pop()
        return lake.read(BRONZE)

    return Recipe(SILVER, (BRONZE,), "code", make)


def test_a_write_that_another_came_before_is_done_again(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path), None)
    bring_up_to_date(lake, source("Dune"), "a run")
    assert bring_up_to_date(lake, conflicting(lake, 2), "a run").outcome == "written"
    assert names(lake, SILVER) == ["Dune"]


def test_a_write_that_always_meets_anothers_fails(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path), None)
    bring_up_to_date(lake, source("Dune"), "a run")
    with pytest.raises(PySparkException, match="DELTA_CONCURRENT"):
        bring_up_to_date(lake, conflicting(lake, 3), "a run")


@pytest.fixture
def mortal(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, int, Lake]]:
    """A folder and a port for MinIO, and the lake on it; the server is started, and ended, by the test."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server = S3Server(f"http://127.0.0.1:{port}", f"on-mortal-{uuid4().hex[:8]}")
        for name, value in server.variables.items():
            monkeypatch.setenv(name, value)
        yield Path(folder), port, Lake(f"s3a://{server.bucket}", None)


@pytest.mark.stack
def test_a_server_killed_while_a_table_is_made_is_named_and_the_next_run_completes(
    spark: SparkSession,  # noqa: ARG001 - the lake's.
    mortal: tuple[Path, int, Lake],
) -> None:
    folder, port, lake = mortal
    with ExitStack() as alive:
        server = alive.enter_context(running_minio(folder, port))
        server.client().make_bucket(bucket_name=lake.url.removeprefix("s3a://"))
        bring_up_to_date(lake, source("Dune"), "the first run")
        bring_up_to_date(lake, computed(lake), "the first run")
        bring_up_to_date(lake, source("Dune", "Emma"), "the second run")

        def killed() -> DataFrame:
            frame = lake.read(BRONZE)
            alive.close()  # SIGKILL, between the plan and its rows.
            return frame

        with pytest.raises(LakeUnavailable, match=r"silver/names .*Connection refused\. Start it, or correct AWS_ENDPOINT_URL"):
            bring_up_to_date(lake, Recipe(SILVER, (BRONZE,), "code", killed), "the second run")
    with running_minio(folder, port) as server:
        server.client().list_buckets()  # Waits for it to be there.
        assert names(lake, SILVER) == ["Dune"]
        assert bring_up_to_date(lake, computed(lake), "the third run").outcome == "written"
        assert names(lake, SILVER) == ["Dune", "Emma"]
        assert bring_up_to_date(lake, computed(lake), "the fourth run").outcome == "unchanged"
