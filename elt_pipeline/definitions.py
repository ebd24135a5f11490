"""The composition root: assets, checks, jobs and resources, joined. Nothing is opened or read here beyond the settings."""

from collections.abc import Iterator

import dagster as dg

from elt_pipeline import jobs, sensors
from elt_pipeline.assets import bronze, gold, recommendations, silver, similar_works, warehouse
from elt_pipeline.baseline_checks import BASELINE_CHECKS
from elt_pipeline.checks import CHECKS
from elt_pipeline.maintenance import maintenance, weekly_maintenance
from elt_pipeline.model_checks import MODEL_CHECKS
from elt_pipeline.run_processes import begin
from elt_pipeline.session import source_of, writing
from elt_pipeline.settings import Settings, read_settings
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.serving import Serving


def serving_resource(settings: Settings) -> dg.ResourceDefinition:
    """Return the resource that holds the lake's lock and the warehouse for as long as a run lasts."""

    @dg.resource(description="The lake's lock and the warehouse, held for the run.")
    def serving(context: dg.InitResourceContext) -> Iterator[Serving]:
        if context.instance is None or context.run is None:
            raise dg.Failure("The lake is written in a run of Dagster: use `booklake refresh` or Dagit.")
        begin(context.instance, context.run.run_id)
        with writing(settings, context.instance, context.run.run_id, context.run.job_name) as held:
            yield held

    return serving


@dg.resource(required_resource_keys={"serving"}, description="The lake, once its lock is held.")
def lake(context: dg.InitResourceContext) -> Lake:
    """Return the lake of the run that holds its lock."""
    held: Serving = context.resources.serving
    return held.lake


def compose(settings: Settings) -> dg.Definitions:
    """Return everything that Dagster knows, over the places that the settings name."""
    return dg.Definitions(
        assets=dg.load_assets_from_modules([bronze, silver, gold, similar_works, warehouse, recommendations]),
        asset_checks=[*CHECKS, *BASELINE_CHECKS, *MODEL_CHECKS],
        jobs=[jobs.refresh, jobs.refresh_books, jobs.refresh_recommendations, maintenance],
        schedules=[jobs.daily_refresh, weekly_maintenance],
        sensors=[sensors.source_changed],
        resources={
            "source": dg.ResourceDefinition(lambda _: source_of(settings)),
            "serving": serving_resource(settings),
            "lake": lake,
        },
        executor=dg.in_process_executor,
    )


defs = compose(read_settings())
