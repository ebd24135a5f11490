"""Runs of the job in this process. What a run does belongs to the assets."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from elt_pipeline.baseline_checks import ACCEPT_TAG
from elt_pipeline.dagster_home import open_instance
from elt_pipeline.definitions import compose
from elt_pipeline.failures import failures, warnings
from elt_pipeline.jobs import EVERY_YEAR
from elt_pipeline.run_processes import PROCESS_TAG, close_dead_runs, this_process
from elt_pipeline.settings import Settings
from elt_pipeline.stopping import noticing_signals

log = logging.getLogger("booklake")


@dataclass(frozen=True)
class Refresh:
    """How a refresh ended: its run, one sentence for each step or check that failed, and one for each check that only warns."""

    run_id: str
    seconds: float
    failures: tuple[str, ...]
    warnings: tuple[str, ...]


def refresh(settings: Settings, accepted: Sequence[str] = ()) -> Refresh:
    """Run the job ``refresh`` over every partition in this process; failures are told, not raised.

    ``accepted`` names measures, columns or tables whose changes for the worse do not hold publication back this time.
    A run that could not begin, since the warehouse or the lake's lock could not be had, has failed too. One that a signal ended
    raises ``Stopped`` when all is put away.
    """
    started = time.monotonic()
    with open_instance(settings) as instance, noticing_signals() as asked_to_end:
        close_dead_runs(instance)
        result = (
            compose(settings)
            .resolve_job_def("refresh")
            .execute_in_process(
                instance=instance,
                tags=EVERY_YEAR | {PROCESS_TAG: this_process()} | ({ACCEPT_TAG: ",".join(accepted)} if accepted else {}),
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
        )
        # Whatever the run made of a signal: an interruption, a failure of dbt's, or nothing, where the signal came between steps.
        stopped = asked_to_end()
        if stopped is not None:
            raise stopped
        found = tuple(failures(result.all_events))
        if not (result.success or found):
            found = (f"the run ended without saying why: see it in Dagit, or {settings.var / 'dagster'}.",)
        return Refresh(result.run_id, time.monotonic() - started, found, tuple(warnings(result.all_events)))
