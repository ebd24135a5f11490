"""What each server is told: its own settings and no others, in a file of mode 600. The settings are declared elsewhere."""

import shlex
import sys
from collections.abc import Mapping
from fnmatch import fnmatchcase

from elt_pipeline.settings import ROOT
from elt_pipeline.storage.secrets import write_private
from stack import spark
from stack.go_programs import MINIO
from stack.places import MARK, Places
from stack.services import Service

# Not settings of ours, but what any program of the system goes by.
SYSTEM = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")


def environment_of(service: Service, places: Places, exported: Mapping[str, str]) -> dict[str, str]:
    """Everything that the service's process is told."""
    known = {name: value for name, value in exported.items() if any(fnmatchcase(name, told) for told in service.knows)}
    ours = {
        MARK: str(places.root),
        "BOOKLAKE_ROOT": str(ROOT),
        "BOOKLAKE_PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    return system(exported) | known | ours | _of_kind(service, places) | service.told


def system(exported: Mapping[str, str]) -> dict[str, str]:
    """The variables that any program goes by."""
    return {name: value for name, value in exported.items() if name in SYSTEM}


def write_environments(services: list[Service], places: Places, exported: Mapping[str, str]) -> dict[str, str]:
    """Write Spark's configuration, and a file for each service that bash reads; return all that each is told, as text."""
    of_spark = spark.write_configuration(places, exported)
    texts = {service.name: _text(environment_of(service, places, exported)) for service in services}
    for name, text in texts.items():
        write_private(places.environments / name, text)
    return {name: text + (of_spark if name.startswith("spark-") else "") for name, text in texts.items()}


def _text(environment: Mapping[str, str]) -> str:
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in sorted(environment.items()))


def _of_kind(service: Service, places: Places) -> dict[str, str]:
    if service.name.startswith("spark-"):
        return spark.environment(places)
    return {"MINIO_BINARY": str(MINIO.binary)} if service.name == "minio" else {}
