"""Which process does a run, and what becomes of runs whose process is gone: from a terminal and from Dagit alike."""

import os
import socket

import dagster as dg
import psutil

PROCESS_TAG = "booklake/process"
UNFINISHED = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


def begin(instance: dg.DagsterInstance, run_id: str) -> None:
    """Put on the run's record which process does it, and close the runs whose process is gone."""
    instance.add_run_tags(run_id, {PROCESS_TAG: this_process()})
    close_dead_runs(instance)


def close_dead_runs(instance: dg.DagsterInstance) -> None:
    """Report runs of ours whose process is gone as failed, and free the slots that they still hold."""
    for record in instance.get_run_records(dg.RunsFilter(statuses=UNFINISHED)):
        run, process = record.dagster_run, record.dagster_run.tags.get(PROCESS_TAG)
        if process and not is_alive(process):
            instance.report_run_failed(run, "The process of this run ended before the run did.")
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def this_process() -> str:
    """Return this process as its runs name it: host, process id and start, so that a reused id is no mistake."""
    return f"{socket.gethostname()} {os.getpid()} {int(psutil.Process().create_time())}"


def is_alive(process: str) -> bool:
    """Return whether the process that ``this_process`` named still runs; one of another host counts as running."""
    host, pid, started = process.rsplit(" ", 2)
    if host != socket.gethostname():
        return True
    try:
        return int(psutil.Process(int(pid)).create_time()) == int(started)
    except psutil.NoSuchProcess:
        return False
