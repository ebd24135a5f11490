"""Runs whose process is gone are closed by the next one, wherever they were launched."""

import subprocess
import sys

import dagster as dg
import psutil

from elt_pipeline.dagster_home import open_instance
from elt_pipeline.run_processes import PROCESS_TAG, begin, is_alive, this_process
from tests.support.booklake import Booklake


def process_of(pid: int) -> str:
    host, _, _ = this_process().rsplit(" ", 2)
    return f"{host} {pid} {int(psutil.Process(pid).create_time())}"


def test_a_run_of_a_dead_process_is_closed_when_another_begins_and_a_living_one_is_not(booklake: Booklake) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    gone = process_of(child.pid)
    child.communicate()
    job = dg.GraphDefinition(name="nothing").to_job()
    with open_instance(booklake.settings) as instance:
        started = dg.DagsterRunStatus.STARTED
        dead, living, ours = (
            instance.create_run_for_job(job, status=started, tags=tags)
            for tags in ({PROCESS_TAG: gone}, {PROCESS_TAG: this_process()}, {})
        )
        begin(instance, ours.run_id)
        found = {run.run_id: run for run in instance.get_runs()}
        assert found[dead.run_id].status is dg.DagsterRunStatus.FAILURE
        assert found[living.run_id].status is started
        assert found[ours.run_id].tags[PROCESS_TAG] == this_process()
        for run in (dead, living, ours):
            instance.delete_run(run.run_id)


def test_a_process_of_another_host_counts_as_running() -> None:
    assert is_alive("elsewhere 1 1")
    assert is_alive(this_process())
    host, pid, started = this_process().rsplit(" ", 2)
    assert not is_alive(f"{host} {pid} {int(started) - 100}")
