"""What a command or a run holds open while it works, from the settings. No step of the work itself."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from pydantic import SecretStr

from elt_pipeline.settings import Settings
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.storage.delta.lake import Lake, normal_url
from elt_pipeline.storage.postgres.embedded_postgres import EmbeddedPostgres
from elt_pipeline.storage.postgres.lake_lock import lake_lock
from elt_pipeline.storage.postgres.roles import prepare
from elt_pipeline.storage.postgres.warehouse import Warehouse
from elt_pipeline.storage.secrets import warehouse_passwords
from elt_pipeline.storage.spark_pages import SparkPages

if TYPE_CHECKING:
    import dagster as dg

    from elt_pipeline.storage.serving import Serving

log = logging.getLogger("booklake")


def source_of(settings: Settings) -> SourceDatabase:
    """Return the source database: the one that is set, else the SQLite file under ``var``."""
    return SourceDatabase(settings.source_url or SecretStr(f"sqlite:///{quote(str(settings.var / 'source.db'))}"))


def lake_of(settings: Settings) -> Lake:
    """Return the lake: the one that is set, else the folder under ``var``."""
    url = normal_url(settings.lake_url) if settings.lake_url else str(settings.var / "lake")
    # Sail has no pages to look at.
    pages = SparkPages(settings.spark_ui_url, settings.spark_history_url) if settings.spark_remote else SparkPages()
    return Lake(url, settings.spark_remote, scratch=settings.var / "staging", spark_pages=pages)


def open_lake(settings: Settings) -> Lake:
    """Return the lake. Raises ``LakeUnavailable`` within seconds where its server cannot be used."""
    from elt_pipeline.storage.delta.place import S3Access, check_place  # noqa: PLC0415 - a search need not wait for it.

    lake = lake_of(settings)
    access = S3Access(
        settings.aws_endpoint_url,
        settings.aws_access_key_id,
        settings.aws_secret_access_key,
        settings.aws_region,
        settings.aws_allow_http,
    )
    check_place(lake.url, access)
    return lake


@contextmanager
def open_warehouse(settings: Settings) -> Iterator[Warehouse]:
    """Give the warehouse, made ready: the server that is set, else the private one under ``var``, held running meanwhile."""
    given = {
        "loader": settings.warehouse_loader_password,
        "dbt": settings.warehouse_dbt_password,
        "app": settings.warehouse_app_password,
        "reader": settings.warehouse_reader_password,
    }
    passwords = warehouse_passwords(settings.var, given)
    if settings.warehouse_url is not None:
        warehouse = Warehouse(settings.warehouse_url, passwords)
        prepare(warehouse)
        yield warehouse
        return
    with EmbeddedPostgres(settings.var, settings.postgres_port) as server:
        warehouse = Warehouse(server.owner_url, passwords, server.log)
        prepare(warehouse)
        yield warehouse


@contextmanager
def writing(settings: Settings, instance: "dg.DagsterInstance", run_id: str, command: str) -> "Iterator[Serving]":
    """Hold the lake alone for a run, and record in ops what happened in it."""
    # Dagster and dbt are for runs: a search need not wait seconds for them.
    from elt_pipeline.alerts import alerting  # noqa: PLC0415
    from elt_pipeline.storage.run_records import begin_run, end_run  # noqa: PLC0415
    from elt_pipeline.storage.serving import Serving  # noqa: PLC0415

    with alerting(settings.alert_url, instance, run_id, command), open_warehouse(settings) as warehouse:
        found, who = open_lake(settings), f"{command} {run_id[:8]}"
        with lake_lock(lambda: warehouse.connect("owner"), found.url, who, log.warning) as still_held:
            lake = replace(found, still_held=still_held)
            begin_run(warehouse, run_id, command)
            try:
                yield Serving(lake, warehouse, settings.var, run_id)
            finally:
                end_run(warehouse, lake, instance, run_id)
