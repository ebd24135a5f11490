"""What works on this machine and what does not, each cross with what mends it. Mending belongs to the person."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from elt_pipeline.commands.complaints import EXPECTED, complaint
from elt_pipeline.commands.servers import check_free
from elt_pipeline.contracts import gold
from elt_pipeline.session import open_lake, open_warehouse, source_of
from elt_pipeline.settings import ROOT, Settings
from elt_pipeline.storage.postgres.postgres_binaries import find_binaries, installed_folders
from elt_pipeline.storage.spark_connect import address_of, reach

PYTHONS = ((3, 11), (3, 13))
DISK_GB = 2


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what, whether it works, what was found, and what mends it."""

    what: str
    works: bool
    found: str
    mend: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Look at everything a refresh and the app need, in the order in which they need it."""
    return [
        _python(),
        _postgres(settings),
        _disk(settings),
        _env_file(),
        *_servers(settings),
        *_spark(settings),
        *_history(settings),
        _source(settings),
        _warehouse(settings),
        _lake(settings),
    ]


def _python() -> Finding:
    lowest, highest = PYTHONS
    version = ".".join(map(str, sys.version_info[:3]))
    fits = lowest <= sys.version_info[:2] <= highest
    return Finding("Python", fits, version, "Install Python 3.11 to 3.13, then run: make clean && make setup")


def _postgres(settings: Settings) -> Finding:
    if settings.warehouse_url is not None:
        return Finding("PostgreSQL", works=True, found="a server of its own, by WAREHOUSE_URL")
    try:
        found = find_binaries(installed_folders())
    except EXPECTED as error:
        return Finding("PostgreSQL", works=False, found=complaint(error), mend="apt-get install -y postgresql")
    return Finding("PostgreSQL", works=True, found=f"version {found.major} in {found.folder}")


def _disk(settings: Settings) -> Finding:
    place = next(folder for folder in (settings.var, *settings.var.parents) if folder.exists())
    free = shutil.disk_usage(place).free / 10**9
    mend = f"Free {DISK_GB} GB there, or set VAR_DIR to a folder on another disk."
    return Finding("Disk", free >= DISK_GB, f"{free:.0f} GB free at {place}", mend)


def _env_file() -> Finding:
    file = ROOT / ".env"
    if not file.exists():
        return Finding("Settings", works=True, found="no .env: what is not exported is embedded")
    known = {line.split("=")[0] for line in _assignments(ROOT / "env.template")}
    unknown = sorted({line.split("=")[0] for line in _assignments(file)} - known)
    found = f"unknown in .env: {', '.join(unknown)}" if unknown else ".env has only variables that are read"
    return Finding("Settings", not unknown, found, "Take them out of .env, or correct them by env.template.")


def _assignments(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if "=" in line and not line.startswith("#")]


def _servers(settings: Settings) -> list[Finding]:
    """The servers of make up where the settings name them, else whether the app and Dagit find their ports free."""
    if settings.spark_remote is None and settings.warehouse_url is None:
        return [_port(name, port) for name, port in (("APP_PORT", settings.app_port), ("DAGIT_PORT", settings.dagit_port))]
    from stack.report import unhealthy  # noqa: PLC0415 -- what is embedded needs none of it

    reasons = unhealthy(settings)
    if reasons is None:  # Servers of others, which the findings below ask.
        return []
    found = f"not up: {'; '.join(reasons)}" if reasons else "all that make up starts are healthy"
    return [Finding("Servers", not reasons, found, "make up")]


def _spark(settings: Settings) -> list[Finding]:
    """The Spark Connect server where one is set; the embedded engine starts with the first table."""
    remote = settings.spark_remote
    if remote is None:
        return []

    def look() -> str:
        reach(remote)
        return f"it answers at {address_of(remote)}"

    return [_asked("Spark", look)]


def _history(settings: Settings) -> list[Finding]:
    """Dagster's Postgres where one is set, its tables made if they are not; the embedded history is a folder below ``var``."""
    if settings.dagster_storage_url is None:
        return []
    from elt_pipeline.dagster_home import open_instance  # noqa: PLC0415 -- Dagster takes seconds that others need not wait

    def look() -> str:
        with open_instance(settings) as instance:
            return f"{instance.get_runs_count():,} runs"

    return [_asked("Dagster's history", look)]


def _asked(what: str, look: Callable[[], str | None], lacking: str = "") -> Finding:
    """Return what ``look`` found; ``lacking`` is told where that is None, and what it raises as a cross."""
    try:
        found = look()
    except EXPECTED as error:
        return Finding(what, works=False, found=complaint(error), mend="Mend that, then run: make refresh")
    return Finding(what, found is not None, found or lacking, "make refresh")


def _port(setting: str, port: int) -> Finding:
    try:
        check_free(setting, port)
    except OSError as error:
        return Finding(setting, works=False, found=str(error), mend=f"{setting}={port + 10} make serve")
    return Finding(setting, works=True, found=f"{port} is free")


def _source(settings: Settings) -> Finding:
    try:
        source_of(settings).check()
    except EXPECTED as error:
        return Finding("Source", works=False, found=complaint(error), mend="make load DATASET=folder   or   make demo")
    return Finding("Source", works=True, found="it has books")


def _warehouse(settings: Settings) -> Finding:
    def look() -> str | None:
        with open_warehouse(settings) as warehouse, warehouse.connect("app") as connection:
            published = connection.execute("select to_regclass('recommendations.books')").fetchone()
        return None if published == (None,) else "books are published"

    return _asked("Warehouse", look, "nothing is published yet")


def _lake(settings: Settings) -> Finding:
    def look() -> str | None:
        commit = open_lake(settings).commit_of(gold.WORKS)
        return f"{commit.row_count:,} works" if commit else None

    return _asked("Lake", look, "it is empty")
