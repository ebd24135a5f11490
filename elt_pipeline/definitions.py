"""The composition root: assets, checks, jobs and resources, joined. Nothing is opened or read here beyond the settings."""

from collections.abc import Iterator

import dagster as dg

from elt_pipeline import jobs
from elt_pipeline.assets import bronze, gold, recommendations, silver, warehouse
from elt_pipeline.checks import CHECKS
from elt_pipeline.session import lake_of, source_of, writing
from elt_pipeline.settings import Settings, read_settings
from elt_pipeline.storage.lake_io import LakeIO
from elt_pipeline.storage.serving import Serving


def serving_resource(settings: Settings) -> dg.ResourceDefinition:
    """Return the resource that holds the lake's lock and the warehouse for as long as a run lasts."""

    @dg.resource(description="The lake's lock and the warehouse, held for the run.")
    def serving(context: dg.InitResourceContext) -> Iterator[Serving]:
        if context.instance is None or context.run is None:
            raise dg.Failure("The lake is written in a run of Dagster: use `booklake refresh` or Dagit.")
        with writing(settings, context.instance, context.run.run_id, context.run.job_name) as held:
            yield held

    return serving


def lake_io_manager(settings: Settings) -> dg.IOManagerDefinition:
    """Return the IO manager of the lake's tables; it needs the run's lock."""

    @dg.io_manager(required_resource_keys={"serving"}, description="Delta tables on the lake.")
    def lake_io(_context: dg.InitResourceContext) -> LakeIO:
        return LakeIO(lake_of(settings))

    return lake_io


def compose(settings: Settings) -> dg.Definitions:
    """Return everything that Dagster knows, over the places that the settings name."""
    return dg.Definitions(
        assets=dg.load_assets_from_modules([bronze, silver, gold, warehouse, recommendations]),
        asset_checks=CHECKS,
        jobs=[jobs.refresh],
        resources={"source": source_of(settings), "lake_io": lake_io_manager(settings), "serving": serving_resource(settings)},
        executor=dg.in_process_executor,
    )


defs = compose(read_settings())
