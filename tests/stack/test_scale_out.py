"""More workers, and servers killed in the middle of a job: the same rows, at once or after a failure that is told clearly."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from minio.deleteobjects import DeleteObject

from tests.support.real_stack import RealStack, ended_well, lake_client
from tests.support.spark_rest import asked, ui_of

pytestmark = pytest.mark.stack

# The asset whose jobs are the longest.
ASSET = "silver/editions"
PATIENCE_SECONDS = 600
PAUSE_SECONDS = 0.2


def empty_lake(stack: RealStack) -> None:
    """Remove every object of the lake, so that everything is computed."""
    with stack.settings() as servers:
        client, bucket = lake_client(servers), urlsplit(str(servers.pipeline.lake_url)).netloc
    names = [str(found.object_name) for found in client.list_objects(bucket, recursive=True)]
    assert list(client.remove_objects(bucket, map(DeleteObject, names))) == []


def refreshing_with_a_running_job(stack: RealStack) -> subprocess.Popen[str]:
    """Start a refresh; return it while Spark computes the asset. Fails where the refresh ends before."""
    running = stack.refreshing()
    ui, deadline, pause = ui_of(stack), time.monotonic() + PATIENCE_SECONDS, threading.Event()
    while time.monotonic() < deadline:
        assert running.poll() is None, running.communicate()[0]
        if any(str(job.get("description")).startswith(f"{ASSET},") for job in asked(ui, "jobs?status=running")):
            return running
        pause.wait(PAUSE_SECONDS)
    pytest.fail(f"no job of {ASSET} was seen within {PATIENCE_SECONDS} s")


def assert_ends_well(running: subprocess.Popen[str]) -> None:
    said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 0, said


@pytest.fixture(scope="module")
def expected(real_stack: RealStack, dataset: Path) -> dict[str, str]:
    """The hashes that one worker gives."""
    ended_well(real_stack.booklake("load", str(dataset), "--replace"))
    empty_lake(real_stack)
    assert_ends_well(real_stack.refreshing())
    return real_stack.hashes()


@pytest.fixture
def with_an_empty_lake(real_stack: RealStack, expected: dict[str, str]) -> RealStack:
    assert expected
    empty_lake(real_stack)
    return real_stack


def test_two_workers_give_the_same_rows_as_one(expected: dict[str, str], with_an_empty_lake: RealStack) -> None:
    stack, before = with_an_empty_lake, with_an_empty_lake.env_file.read_text()
    stack.set("SPARK_WORKERS", "2")
    stack.up()
    try:
        assert_ends_well(stack.refreshing())
        assert stack.hashes() == expected
    finally:
        stack.env_file.write_text(before)
        stack.up()


def test_a_worker_that_is_killed_in_the_middle_of_a_job_costs_time_and_no_row(
    expected: dict[str, str], with_an_empty_lake: RealStack
) -> None:
    running = refreshing_with_a_running_job(with_an_empty_lake)
    os.kill(with_an_empty_lake.pid("spark-worker-1"), signal.SIGKILL)
    assert_ends_well(running)
    assert with_an_empty_lake.hashes() == expected


def test_after_a_refresh_that_was_killed_the_next_one_does_the_work_though_the_server_goes_on_with_the_first(
    expected: dict[str, str], with_an_empty_lake: RealStack
) -> None:
    running = refreshing_with_a_running_job(with_an_empty_lake)
    running.kill()
    running.communicate(timeout=PATIENCE_SECONDS)
    assert_ends_well(with_an_empty_lake.refreshing())
    assert with_an_empty_lake.hashes() == expected


def test_a_spark_server_that_is_killed_fails_the_run_clearly_and_the_next_run_ends_the_work(
    expected: dict[str, str], with_an_empty_lake: RealStack
) -> None:
    running = refreshing_with_a_running_job(with_an_empty_lake)
    os.kill(with_an_empty_lake.pid("spark-connect"), signal.SIGKILL)
    said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode != 0
    assert "no longer answers" in said
    with_an_empty_lake.up()
    assert_ends_well(with_an_empty_lake.refreshing())
    assert with_an_empty_lake.hashes() == expected
