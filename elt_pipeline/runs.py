"""Runs of the job in this process. What a run does belongs to the assets."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import dagster as dg

from elt_pipeline.baseline_checks import ACCEPT_TAG
from elt_pipeline.dagster_home import open_instance
from elt_pipeline.definitions import compose
from elt_pipeline.failures import failures, warnings
from elt_pipeline.jobs import EVERY_YEAR
from elt_pipeline.run_processes import PROCESS_TAG, close_dead_runs, this_process
from elt_pipeline.settings import Settings
from elt_pipeline.stopping import noticing_signals
from elt_pipeline.storage.dagster_history import telling_if_history_is_gone
from elt_pipeline.storage.delta.maintenance import Maintained

log = logging.getLogger("booklake")


@dataclass(frozen=True)
class Ended:
    """How a run ended: its id, one sentence for each step or check that failed, and one for each check that only warns."""

    run_id: str
    seconds: float
    failures: tuple[str, ...]
    warnings: tuple[str, ...]


def refresh(settings: Settings, accepted: Sequence[str] = ()) -> Ended:
    """Run the job ``refresh`` over every partition in this process; failures are told, not raised.

    ``accepted`` names measures, columns or tables whose changes for the worse do not hold publication back this time.
    A run that could not begin, since the warehouse or the lake's lock could not be had, has failed too. One that a signal ended
    raises ``Stopped`` when all is put away, and one whose history is a Postgres that goes away ``HistoryUnavailable``.
    """
    tags = EVERY_YEAR | ({ACCEPT_TAG: ",".join(accepted)} if accepted else {})
    return _run(settings, "refresh", tags, {})[0]


def maintain(settings: Settings, kept_days: int) -> tuple[Ended, list[Maintained]]:
    """Run the job ``maintenance`` in this process; return how it ended, and what was done to each table until then."""
    config = {"ops": {"maintain_lake": {"config": {"kept_days": kept_days}}}}
    ended, events = _run(settings, "maintenance", {}, config)
    observed = [event.asset_observation_data.asset_observation for event in events if event.is_asset_observation]
    told = [
        (".".join(seen.asset_key.path), {name: int(str(value.value)) for name, value in seen.metadata.items()})
        for seen in observed
    ]
    return ended, [Maintained(table, **numbers) for table, numbers in told]


def _run(
    settings: Settings, job: str, tags: Mapping[str, str], config: Mapping[str, object]
) -> tuple[Ended, Sequence[dg.DagsterEvent]]:
    started = time.monotonic()
    history = telling_if_history_is_gone(settings.dagster_storage_url)
    with history, open_instance(settings) as instance, noticing_signals() as asked_to_end:
        close_dead_runs(instance)
        result = (
            compose(settings)
            .resolve_job_def(job)
            .execute_in_process(
                instance=instance,
                tags={**tags, PROCESS_TAG: this_process()},
                raise_on_error=False,
                run_config={**config, "loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
        )
        # Whatever the run made of a signal: an interruption, a failure of dbt's, or nothing, where the signal came between steps.
        stopped = asked_to_end()
        if stopped is not None:
            raise stopped
        found = tuple(failures(result.all_events))
        if not (result.success or found):
            found = (f"the run ended without saying why: see it in Dagit, or {settings.var / 'dagster'}.",)
        ended = Ended(result.run_id, time.monotonic() - started, found, tuple(warnings(result.all_events)))
        return ended, result.all_events
