"""Runs of the job in this process, and Dagster's own home under ``var``. What a run does belongs to the assets."""

import logging
import os
import re
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import Template

import dagster as dg
import psutil
from dagster_shared.error import SerializableErrorInfo

from elt_pipeline.baseline_checks import ACCEPT_TAG
from elt_pipeline.commands.complaints import with_advice
from elt_pipeline.definitions import compose
from elt_pipeline.jobs import EVERY_YEAR
from elt_pipeline.settings import ROOT, Settings

log = logging.getLogger("booklake")

HOME = ROOT / "dagster_home"
PROCESS_TAG = "booklake/process"
INTERRUPTED = "DagsterExecutionInterruptedError"
UNFINISHED = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


@dataclass(frozen=True)
class Refresh:
    """How a refresh ended: its run, one sentence for each step or check that failed, and one for each check that only warns."""

    run_id: str
    seconds: float
    failures: tuple[str, ...]
    warnings: tuple[str, ...]


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """Return Dagster's instance in ``var/dagster``, its settings copied there from dagster_home/."""
    home = settings.var / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    told = Template((HOME / "dagster.yaml").read_text(encoding="utf-8"))
    wanted, file = told.substitute(DAGSTER_HOME=home), home / "dagster.yaml"
    if not file.exists() or file.read_text(encoding="utf-8") != wanted:
        # Another process may read it at this moment: it appears whole.
        draft = home / f"dagster.yaml.{os.getpid()}"
        draft.write_text(wanted, encoding="utf-8")
        draft.replace(file)
    return dg.DagsterInstance.from_config(str(home))


def refresh(settings: Settings, accepted: Sequence[str] = ()) -> Refresh:
    """Run the job ``refresh`` over every partition in this process; failures are told, not raised.

    ``accepted`` names measures, columns or tables whose changes for the worse do not hold publication back this time.
    A run that could not begin, since the warehouse or the lake's lock could not be had, has failed too.
    """
    started = time.monotonic()
    with open_instance(settings) as instance:
        close_dead_runs(instance)
        result = (
            compose(settings)
            .resolve_job_def("refresh")
            .execute_in_process(
                instance=instance,
                tags=EVERY_YEAR | {PROCESS_TAG: this_process(), ACCEPT_TAG: ",".join(accepted)},
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
        )
        found = tuple(failures(result))
        if not (result.success or found):
            found = (f"the run ended without saying why: see it in Dagit, or {settings.var / 'dagster'}.",)
        return Refresh(result.run_id, time.monotonic() - started, found, tuple(warnings(result)))


def failures(result: dg.ExecuteInProcessResult) -> Iterator[str]:
    """Yield a sentence for each failed check and each failed step; what only repeats another is left out."""
    yield from failed_checks(result, dg.AssetCheckSeverity.ERROR)
    told: set[str] = set()
    for event in result.all_events:
        error = error_of(event)
        sentence = sentence_of(error) if error else None
        if sentence and sentence not in told:
            told.add(sentence)
            where = event.step_key.replace("__", ".") if event.step_key else result.job_def.name
            yield f"{where}: {sentence}"


def warnings(result: dg.ExecuteInProcessResult) -> Iterator[str]:
    """Yield a sentence for each check that found something and stops nothing."""
    return failed_checks(result, dg.AssetCheckSeverity.WARN)


def failed_checks(result: dg.ExecuteInProcessResult, severity: dg.AssetCheckSeverity) -> Iterator[str]:
    """Yield a sentence for each check of the severity that did not pass."""
    for check in result.get_asset_check_evaluations():
        if not check.passed and check.severity is severity:
            yield f"{'.'.join(check.asset_key.path)}, check {check.check_name}: {check.description}"


def sentence_of(error: SerializableErrorInfo) -> str:
    """Return what the error says, without the types that Dagster puts before it, and with what to do about it."""
    deepest = error.cause or error
    if INTERRUPTED in (error.cls_name, deepest.cls_name):
        return "interrupted. Run it again: it goes on from where it was."
    return with_advice(re.sub(rf"^[\w.]*{deepest.cls_name}: ", "", deepest.message.strip()))


def error_of(event: dg.DagsterEvent) -> SerializableErrorInfo | None:
    """Return the error of a failed step, or of a run that could not begin; None for every other event."""
    if event.is_step_failure:
        return event.step_failure_data.error
    # The warehouse or the lake's lock could not be had, or what happened could not be recorded at the end.
    if event.event_type is dg.DagsterEventType.RUN_FAILURE:
        return event.job_failure_data.error
    return event.engine_event_data.error if event.is_engine_event else None


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
