"""What watches the source and asks for a refresh. How the source is counted belongs to sources/, the refresh itself to jobs."""

import hashlib
import json
import time
from collections.abc import Mapping

import dagster as dg

from elt_pipeline.jobs import EVERY_YEAR, refresh
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.sources.errors import SourceUnavailable

# Each look reads every table once: seconds at millions of rows.
SECONDS_BETWEEN_LOOKS = 300
# A refresh that was held back waits for a person; asked for at each look it would alert that person twelve times an hour.
SECONDS_UNTIL_ASKED_AGAIN = 3600
# The tag of a run that this sensor asked for: which state of the source it is to bring in.
STATE_TAG = "booklake/source_state"


@dg.sensor(
    name="source_changed",
    job=refresh,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Asks for a refresh when the source's row counts or largest keys are not those of the last look, or when "
    "it was loaded anew; again an hour after a refresh that failed, until one succeeds. An edit that changes neither waits for "
    "the daily refresh. Off until it is switched on in Dagit.",
)
def source_changed(
    context: dg.SensorEvaluationContext, source: dg.ResourceParam[SourceDatabase]
) -> dg.SensorResult | dg.SkipReason:
    """Ask for one refresh where the source is not as the last one asked for was to find it, or where that one failed."""
    try:
        seen = source.sizes()
    except SourceUnavailable as error:
        return dg.SkipReason(str(error))
    cursor, state = json.dumps(seen), state_of(seen)
    changed = differences(json.loads(context.cursor or "{}"), seen)
    reason = None if changed else waits_for(context.instance, state, time.time())
    if reason:
        told = ", ".join(f"{table}: {size}" for table, size in seen.items())
        return dg.SkipReason(f"The source is as it was: {told}. {reason}")
    context.log.info("The source has changed: %s.", "; ".join(changed) or "and no refresh has brought that in yet")
    return dg.SensorResult(run_requests=[dg.RunRequest(tags=EVERY_YEAR | {STATE_TAG: state})], cursor=cursor)


def waits_for(instance: dg.DagsterInstance, state: str, now: float) -> str | None:
    """Return why no refresh is to be asked for once more for this state of the source; None where one is.

    ``now`` is in seconds since 1970. The last run that was to bring the state in counts; where there is none, one is asked for.
    """
    asked = instance.get_run_records(dg.RunsFilter(tags={STATE_TAG: state}), limit=1)
    if not asked:
        return None
    run, ended = asked[0].dagster_run, asked[0].end_time
    if run.is_success:
        return f"Run {run.run_id} brought it in."
    if not run.is_finished:
        return f"Run {run.run_id} is to bring it in, and has not ended."
    minutes = ((ended or now) + SECONDS_UNTIL_ASKED_AGAIN - now) / 60
    return f"Run {run.run_id} failed: a refresh is asked for again in {minutes:.0f} minutes." if minutes > 0 else None


def state_of(seen: Mapping[str, str]) -> str:
    """Return 16 hexadecimal digits that stand for what was seen."""
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return for each table that came, went or changed its size what it was and is, by name."""
    tables = sorted(before.keys() | now.keys())
    told = [(table, before.get(table, "not there"), now.get(table, "not there")) for table in tables]
    return [f"{table} was {was}, is {size}" for table, was, size in told if was != size]
