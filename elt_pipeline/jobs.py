"""What a person or a schedule launches. How it is computed does not belong here."""

import dagster as dg

from elt_pipeline.contracts.bronze import PUBLISH_PARTITIONS

RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"
# A run over all publish years is one run and one plan.
EVERY_YEAR = {RANGE_START: PUBLISH_PARTITIONS[0], RANGE_END: PUBLISH_PARTITIONS[-1]}

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Bring every table up to date with the source, from bronze to what people read.",
    executor_def=dg.in_process_executor,
    run_tags=EVERY_YEAR,
)
