"""The job that keeps the lake's files few and its history short. How one table is kept belongs to storage."""

import logging

import dagster as dg

from elt_pipeline.contracts.lake import TABLES
from elt_pipeline.storage.delta.lake import Lake

# How long a version of a table can be read after a newer one has taken its place.
KEPT_DAYS = 30
TOLD = ("files_before", "files_after", "bytes_before", "bytes_after", "files_compacted", "files_removed")

log = logging.getLogger("booklake")


class Retention(dg.Config):
    """How many days of each table's history stay."""

    kept_days: int = KEPT_DAYS


@dg.op(out=dg.Out(dg.Nothing), description="Compact each table of the lake and remove the files that only old versions need.")
def maintain_lake(context: dg.OpExecutionContext, config: Retention, lake: dg.ResourceParam[Lake]) -> None:
    """Maintain each table that exists, and put on record at its asset what that did."""
    for contract in TABLES:
        done = lake.maintain(contract, config.kept_days)
        if done is None:
            continue
        numbers = {name: dg.MetadataValue.int(getattr(done, name)) for name in TOLD}
        context.log_event(dg.AssetObservation(dg.AssetKey(contract.key), metadata=numbers))
        log.info(
            "  %-24s %6d → %d files, %d → %d bytes",
            *(contract.full_name, done.files_before, done.files_after, done.bytes_before, done.bytes_after),
        )


@dg.job(
    executor_def=dg.in_process_executor,
    description=f"Compact the files of each table of the lake, and remove those that only versions older than {KEPT_DAYS} days "
    "need. No row changes, and a refresh afterwards finds nothing to do.",
)
def maintenance() -> None:
    """Maintain the lake under its lock."""
    maintain_lake()


weekly_maintenance = dg.ScheduleDefinition(
    name="weekly_maintenance",
    job=maintenance,
    cron_schedule="0 5 * * 0",
    execution_timezone="UTC",
    description="The maintenance, each Sunday at 5:00 UTC while Dagster's daemon runs. Off until it is switched on in Dagit.",
    default_status=dg.DefaultScheduleStatus.STOPPED,
)
