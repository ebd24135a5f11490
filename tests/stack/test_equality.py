"""The same input through Sail and through the cluster, and what a person sees of it in Spark's own pages."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import polars as pl
import psutil
import pytest
from pyspark.sql import SparkSession

from elt_pipeline.storage.engine import close_spark, open_spark
from tests.support.real_stack import NEAR, RealStack, differing
from tests.support.spark_rest import asked, page, ui_of

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def on_sail(dataset: Path, real_stack: RealStack) -> dict[str, str]:
    return real_stack.hashes_on_sail(dataset)


@pytest.fixture(scope="module")
def client(refreshed: RealStack) -> Iterator[SparkSession]:
    """A client of the Spark server who knows nothing of the lake."""
    with refreshed.settings() as servers:
        remote = servers.pipeline.spark_remote
    yield open_spark(remote)
    close_spark(remote)


@pytest.fixture(scope="module")
def ui(refreshed: RealStack) -> str:
    return ui_of(refreshed)


def test_every_table_has_the_same_content_on_sail_and_on_the_cluster(on_sail: dict[str, str], refreshed: RealStack) -> None:
    assert differing(on_sail, refreshed.hashes()) <= NEAR
    assert len(on_sail) > len(NEAR) + 20


def test_similar_works_are_the_same_neighbours_with_weights_that_are_near(
    on_sail: dict[str, str], refreshed: RealStack, client: SparkSession
) -> None:
    assert on_sail
    on_spark = cast(pl.DataFrame, pl.from_arrow(client.table("gold.similar_works").toArrow()))
    embedded = pl.read_delta(str(refreshed.embedded / "lake" / "gold" / "similar_works"))
    both = embedded.join(on_spark, on=["work_id", "similar_work_id"], suffix="_on_spark")
    assert both.height >= 0.999 * max(embedded.height, on_spark.height) > 0
    assert both.select((pl.col("weight") - pl.col("weight_on_spark")).abs().max()).item() <= 1e-4


def test_every_job_says_for_which_asset_and_run_it_is(ui: str) -> None:
    jobs = [job for job in asked(ui, "jobs") if any("run:" in tag for tag in job["jobTags"])]
    described = {job["description"] for job in jobs}
    assert {text.partition(",")[0] for text in described} >= {"silver/editions", "silver/works", "gold/works"}
    assert all(", run " in text for text in described)


def test_a_table_is_known_by_its_name_to_any_client(client: SparkSession) -> None:
    assert client.table("gold.works").count() == client.table("silver.works").count() > 0


def test_no_page_of_spark_shows_the_lakes_key(refreshed: RealStack, ui: str) -> None:
    with refreshed.settings() as servers:
        secret = servers.stack.aws_secret_access_key.get_secret_value()
    shown = json.dumps(asked(ui, "environment")) + page(f"{ui}/environment/")
    assert "fs.s3a.secret.key" in shown
    assert secret not in shown


def test_sparks_servers_listen_on_this_machine_alone(refreshed: RealStack) -> None:
    servers = [
        psutil.Process(refreshed.pid(name)) for name in ("spark-master", "spark-worker-1", "spark-connect", "spark-history")
    ]
    processes = [process for server in servers for process in (server, *server.children(recursive=True))]
    listening = [found.laddr for process in processes for found in process.net_connections("inet") if found.status == "LISTEN"]
    assert {address.ip for address in listening} <= {"127.0.0.1", "::ffff:127.0.0.1"}
    # Where a standalone master takes jobs by REST, from anybody who reaches it.
    assert 6066 not in {address.port for address in listening}


def test_names_are_kept_when_the_server_starts_anew(refreshed: RealStack) -> None:
    with refreshed.settings() as servers:
        remote = servers.pipeline.spark_remote
        servers.supervisor().stop("spark-connect")
    refreshed.up()
    assert open_spark(remote).table("gold.works").count() > 0
    close_spark(remote)
