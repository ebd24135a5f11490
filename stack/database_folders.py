"""Where a database of the stack keeps its files, and that a first set-up is whole or not there. Their content is not ours."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from elt_pipeline.storage.postgres import postgres_data
from elt_pipeline.storage.postgres.postgres_binaries import ENVIRONMENT
from stack.errors import StackFailed


def data_folder(data: Path, name: str, user: str | None) -> Path:
    """The real folder of a database: ``data/name``, or outside where the server's user cannot enter ``data``."""
    return postgres_data.data_folder(data, user).with_name(name)


def set_up(link: Path, data: Path, user: str | None, fill: Callable[[Path], None]) -> None:
    """Have ``fill`` make the database in a new folder that then takes its place; does nothing where it is there.

    Data outside without the link to it is of a stack that was removed: it goes.
    """
    if _is_whole(link, data):
        return
    data.parent.mkdir(parents=True, exist_ok=True)
    new = data.with_name(f"{data.name}.new")
    for left in (new, data):
        shutil.rmtree(left, ignore_errors=True)
    new.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(new, user)
    try:
        fill(new)
        new.rename(data)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    if link != data:
        link.unlink(missing_ok=True)
        link.symlink_to(data)


def remove_outside(data: Path) -> None:
    """Remove the databases that lie outside ``data``, by its links to them; where a person's own links lead is not ours."""
    for link in data.glob("*"):
        if link.is_symlink() and link.readlink().parent.parent == postgres_data.OUTSIDE:
            shutil.rmtree(link.readlink().parent, ignore_errors=True)


def run(command: list[str], what: str, told: str = "") -> None:
    """Run a program of the database with a clean environment. Raises ``StackFailed`` with what it complained of."""
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False, cwd="/", env=ENVIRONMENT)  # noqa: S603 -- our own command line
    if done.returncode != 0:
        said = (done.stderr or done.stdout).splitlines()
        lines = [line for line in said if "error" in line.lower() or "fatal" in line.lower()] or said or ["it said nothing"]
        raise StackFailed(f"{what} failed: {lines[-1].strip()}. Mend that (space on the disk, permissions), then: make up")


def _is_whole(link: Path, data: Path) -> bool:
    return data.is_dir() and (link == data or (link.is_symlink() and link.readlink() == data))
