"""What watches the source and asks for a refresh. How the source is counted belongs to sources/, the refresh itself to jobs."""

import json
from collections.abc import Mapping

import dagster as dg

from elt_pipeline.jobs import EVERY_YEAR, refresh
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.sources.errors import SourceUnavailable

# Each look reads every table once: seconds at millions of rows.
SECONDS_BETWEEN_LOOKS = 300


@dg.sensor(
    name="source_changed",
    job=refresh,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Asks for a refresh when the source's row counts or largest keys are not those of the last look, or when "
    "it was loaded anew; an edit that changes neither waits for the daily refresh. Off until it is switched on in Dagit.",
)
def source_changed(
    context: dg.SensorEvaluationContext, source: dg.ResourceParam[SourceDatabase]
) -> dg.SensorResult | dg.SkipReason:
    """Ask for one refresh where the source is not as it was of the last look; say what was seen where it is, or is not there."""
    try:
        seen = source.sizes()
    except SourceUnavailable as error:
        return dg.SkipReason(str(error))
    before: dict[str, str] = json.loads(context.cursor or "{}")
    changed = differences(before, seen)
    if not changed:
        return dg.SkipReason(f"The source is as it was: {', '.join(f'{table}: {size}' for table, size in seen.items())}.")
    context.log.info("The source has changed: %s.", "; ".join(changed))
    return dg.SensorResult(run_requests=[dg.RunRequest(tags=EVERY_YEAR)], cursor=json.dumps(seen))


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return for each table that came, went or changed its size what it was and is, by name."""
    tables = sorted(before.keys() | now.keys())
    told = [(table, before.get(table, "not there"), now.get(table, "not there")) for table in tables]
    return [f"{table} was {was}, is {size}" for table, was, size in told if was != size]
