"""Dagster's own home under ``var``: its settings, and where it keeps its history. Runs belong to runs.py."""

import os
from string import Template

import dagster as dg

from elt_pipeline.settings import ROOT, Settings, read_settings

FILES = ROOT / "dagster_home"


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """Return Dagster's instance in ``var/dagster``, its settings copied there from dagster_home/.

    Raises ``HistoryUnavailable`` where a Postgres is set and cannot be reached.
    """
    home = settings.var / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    history = "embedded" if settings.dagster_storage_url is None else "postgres"
    told = "".join((FILES / name).read_text(encoding="utf-8") for name in ("dagster.yaml", f"history_{history}.yaml"))
    wanted, file = Template(told).substitute(DAGSTER_HOME=home), home / "dagster.yaml"
    if not file.exists() or file.read_text(encoding="utf-8") != wanted:
        # Another process may read it at this moment: it appears whole.
        draft = home / f"dagster.yaml.{os.getpid()}"
        draft.write_text(wanted, encoding="utf-8")
        draft.replace(file)
    return dg.DagsterInstance.from_config(str(home))


if __name__ == "__main__":
    # Before servers of Dagster start side by side: several that find no tables would all make them.
    open_instance(read_settings()).dispose()
