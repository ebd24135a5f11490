"""Where Spark is for the servers, and its configuration for these settings. Jars, versions and defaults belong to spark/."""

import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from elt_pipeline.settings import ROOT
from stack.errors import StackFailed
from stack.places import Places
from stack.settings import without_ours

SCRIPTS = ROOT / "spark"
PYTHON = ROOT / ".venv-spark"


def environment(places: Places) -> dict[str, str]:
    """What Spark's start script goes by: where its configuration is, and where it may write."""
    return {"SPARK_CONF_DIR": str(places.root / "spark"), "SPARK_WORK": str(places.data / "spark")}


def make(tell: Callable[[str], None]) -> None:
    """Make Spark's environment and fetch its jars where they are not there. Raises ``StackFailed``."""
    if not (PYTHON / "ready").is_file():
        tell("Spark's own environment and its jars are made, once: a minute or more …")
    command = [str(SCRIPTS / "setup.sh")]
    done = subprocess.run(command, env=without_ours(), capture_output=True, text=True, check=False)  # noqa: S603 -- our own script
    if done.returncode != 0:
        raise StackFailed(f"Spark could not be made ready: {done.stderr.strip()}")


def write_configuration(places: Places, exported: Mapping[str, str]) -> str:
    """Write spark-defaults.conf for these settings and return its text. Raises ``StackFailed``."""
    told = environment(places)
    command = [str(SCRIPTS / "write_conf.sh"), told["SPARK_CONF_DIR"], told["SPARK_WORK"]]
    done = subprocess.run(command, env=dict(exported), capture_output=True, text=True, check=False)  # noqa: S603 -- our own script
    if done.returncode != 0:
        raise StackFailed(f"Spark's configuration could not be written: {done.stderr.strip()}")
    return Path(told["SPARK_CONF_DIR"], "spark-defaults.conf").read_text(encoding="utf-8")


def spark_version() -> str:
    """The version of the servers' Spark, as its package says. Raises ``StackFailed`` where it is not there."""
    found = sorted(PYTHON.glob("lib/python3.*/site-packages/pyspark/version.py"))
    if not found:
        raise StackFailed(f"Spark is not in {PYTHON}: make it with spark/setup.sh")
    said = re.search(r"__version__[^=]*= *['\"]([^'\"]+)", found[-1].read_text(encoding="utf-8"))
    return said.group(1) if said else "of unknown version"
