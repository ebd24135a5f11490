"""What a person or a schedule launches. How it is computed does not belong here."""

import dagster as dg

from elt_pipeline.contracts import bronze

RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"
# A run over all publish years is one run and one plan.
EVERY_YEAR = {RANGE_START: bronze.PUBLISH_PARTITIONS[0], RANGE_END: bronze.PUBLISH_PARTITIONS[-1]}
LAKE = ("bronze", "silver", "gold")
PUBLICATION = dg.AssetKey(["warehouse", "publication"])

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Bring every table up to date with the source, from bronze to what people read.",
    executor_def=dg.in_process_executor,
    run_tags=EVERY_YEAR,
)

refresh_books = dg.define_asset_job(
    "refresh_books",
    selection=dg.AssetSelection.assets(dg.AssetKey(bronze.BOOKS.key)).downstream() & dg.AssetSelection.groups(*LAKE),
    description="Read the source's books anew and bring up to date all that they decide in the lake; a refresh publishes it.",
    executor_def=dg.in_process_executor,
    run_tags=EVERY_YEAR,
)

refresh_recommendations = dg.define_asset_job(
    "refresh_recommendations",
    selection=dg.AssetSelection.groups("recommendations") | dg.AssetSelection.assets(PUBLICATION),
    description="Build the marts and the functions of search anew from the gold that is loaded, test them, and publish them.",
    executor_def=dg.in_process_executor,
)

daily_refresh = dg.ScheduleDefinition(
    name="daily_refresh",
    job=refresh,
    cron_schedule="0 4 * * *",
    execution_timezone="UTC",
    description="The refresh, each day at 4:00 UTC while Dagster's daemon runs. Off until it is switched on in Dagit.",
    default_status=dg.DefaultScheduleStatus.STOPPED,
)
