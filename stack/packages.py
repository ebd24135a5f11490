"""The programs that the servers need of the system, each with a reason; missing ones are installed where that is allowed."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from elt_pipeline.settings import ROOT, exported_variables
from stack.errors import StackFailed
from stack.settings import without_ours

# Debian keeps servers where a person's PATH does not lead.
PLACES = "/usr/sbin:/sbin"
OLDEST_JAVA = 17


@dataclass(frozen=True)
class Need:
    """Debian packages, what they are for, and how to see that they are there."""

    why: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]


def needs() -> list[Need]:
    """What the servers need of the system."""
    maria = ("mariadbd", "mariadb-install-db", "my_print_defaults")
    return [
        Need(
            "MariaDB (the source database; it stands in for MySQL)",
            ("mariadb-server-core", "mariadb-client-core"),
            lambda: all(map(program, maria)),
        ),
        Need(f"Java {OLDEST_JAVA} or later (Spark runs on it)", ("openjdk-17-jre-headless",), _has_java),
        Need(
            "Maven (fetches Spark's jars, once)",
            ("maven",),
            lambda: (ROOT / "spark" / "jars").is_dir() or program("mvn") is not None,
        ),
    ]


def install_missing(tell: Callable[[str], None]) -> None:
    """Install what is missing with apt-get. Raises ``StackFailed`` with the command where that is not allowed or fails."""
    missing = [need for need in needs() if not need.is_there()]
    if not missing:
        return
    names = " ".join(name for need in missing for name in need.packages)
    command = f"apt-get install -y --no-install-recommends {names}"
    why = "; ".join(need.why for need in missing)
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not _may_install(root):
        raise StackFailed(f"Missing: {why}. Install it, then run this again:  sudo apt-get update && sudo {command}")
    tell(f"Missing: {why}. Installing {names} with apt-get.")
    for step in ("apt-get update -qq", f"{command} -qq"):
        if not _runs([*root, *step.split()]):
            raise StackFailed(f"apt-get could not install {names}. Mend it, then run this again:  sudo {step}")
    if left := [need.why for need in missing if not need.is_there()]:
        raise StackFailed(f"Installed {names}, and yet is missing: {'; '.join(left)}.")


def program(name: str) -> str | None:
    """The path of a program, servers' folders included; None where it is not there."""
    path = exported_variables().get("PATH", "")
    return shutil.which(name, path=f"{path}:{PLACES}")


def java_major() -> int:
    """The major version of the Java that Spark would take; 0 where there is none."""
    home = exported_variables().get("JAVA_HOME")
    java = f"{home}/bin/java" if home else program("java")
    try:
        said = subprocess.run([java or "java", "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603 -- the system's Java
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', said)
    return int(found.group(1)) if found else 0


def _has_java() -> bool:
    return java_major() >= OLDEST_JAVA


def _may_install(root: list[str]) -> bool:
    if exported_variables().get("INSTALL") == "0" or shutil.which("apt-get") is None:
        return False
    return not root or (shutil.which("sudo") is not None and _runs([*root, "true"]))


def _runs(command: list[str]) -> bool:
    environment = without_ours() | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0  # noqa: S603 -- apt-get and sudo alone
