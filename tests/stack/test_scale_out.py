"""More workers, and servers killed in the middle of a job: the same rows, at once or after a failure that is told clearly."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from minio import Minio
from minio.deleteobjects import DeleteObject

from dataset.generating.generator import generate_dataset
from elt_pipeline.commands.lake_questions import table_states
from elt_pipeline.settings import ROOT
from tests.support.real_stack import RealStack
from tests.support.spark_rest import asked, ui_of

pytestmark = pytest.mark.stack

# The asset whose jobs are the longest.
ASSET = "silver/editions"
PATIENCE_SECONDS = 600
PAUSE_SECONDS = 0.2


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets") / "small"
    generate_dataset(folder, book_count=300, reader_count=60)
    return folder


def empty_lake(stack: RealStack) -> None:
    """Remove every object of the lake, so that everything is computed."""
    with stack.settings() as servers:
        lake = servers.stack
        address = urlsplit(lake.aws_endpoint_url).netloc
        key, secret = lake.aws_access_key_id, lake.aws_secret_access_key.get_secret_value()
        bucket = urlsplit(str(servers.pipeline.lake_url)).netloc
    client = Minio(address, access_key=key, secret_key=secret, secure=False)
    names = [str(found.object_name) for found in client.list_objects(bucket, recursive=True)]
    assert list(client.remove_objects(bucket, map(DeleteObject, names))) == []


def start_refresh(stack: RealStack) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "elt_pipeline", f"--env-file={stack.env_file}", "refresh"]
    return subprocess.Popen(command, cwd=ROOT, env=stack.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def hashes(stack: RealStack) -> dict[str, str]:
    with stack.settings() as servers:
        return {state.table: state.content_hash for state in table_states(servers.pipeline, with_hashes=True)}


def wait_for_a_running_job(stack: RealStack, running: subprocess.Popen[str]) -> None:
    """Return while Spark computes the asset; fails where the refresh ends before."""
    ui, deadline, pause = ui_of(stack), time.monotonic() + PATIENCE_SECONDS, threading.Event()
    while time.monotonic() < deadline:
        assert running.poll() is None, running.communicate()[0]
        if any(str(job.get("description")).startswith(f"{ASSET},") for job in asked(ui, "jobs?status=running")):
            return
        pause.wait(PAUSE_SECONDS)
    pytest.fail(f"no job of {ASSET} was seen within {PATIENCE_SECONDS} s")


def assert_ends_well(running: subprocess.Popen[str]) -> None:
    said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 0, said


@pytest.fixture(scope="module")
def expected(real_stack: RealStack, dataset: Path) -> dict[str, str]:
    """The hashes that one worker gives."""
    done = real_stack.booklake("load", str(dataset), "--replace")
    assert done.returncode == 0, done.stdout + done.stderr
    empty_lake(real_stack)
    assert_ends_well(start_refresh(real_stack))
    return hashes(real_stack)


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
        assert_ends_well(start_refresh(stack))
        assert hashes(stack) == expected
    finally:
        stack.env_file.write_text(before)
        stack.up()


def test_a_worker_that_is_killed_in_the_middle_of_a_job_costs_time_and_no_row(
    expected: dict[str, str], with_an_empty_lake: RealStack
) -> None:
    running = start_refresh(with_an_empty_lake)
    wait_for_a_running_job(with_an_empty_lake, running)
    os.kill(with_an_empty_lake.pid("spark-worker-1"), signal.SIGKILL)
    assert_ends_well(running)
    assert hashes(with_an_empty_lake) == expected


def test_a_spark_server_that_is_killed_fails_the_run_clearly_and_the_next_run_ends_the_work(
    expected: dict[str, str], with_an_empty_lake: RealStack
) -> None:
    running = start_refresh(with_an_empty_lake)
    wait_for_a_running_job(with_an_empty_lake, running)
    os.kill(with_an_empty_lake.pid("spark-connect"), signal.SIGKILL)
    said, _ = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode != 0
    assert "no longer answers" in said
    with_an_empty_lake.up()
    assert_ends_well(start_refresh(with_an_empty_lake))
    assert hashes(with_an_empty_lake) == expected
