"""A disk so small that a test can fill it, and free it again: a tmpfs, which only root can mount."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

BLOCK = 1 << 20


@dataclass(frozen=True)
class SmallDisk:
    """A folder that is a disk of its own."""

    folder: Path

    def fill(self) -> None:
        """Take all its space, by a file of ours."""
        with self._ballast.open("wb", buffering=0) as ballast:
            while (free := shutil.disk_usage(self.folder).free) > 0:
                ballast.write(bytes(min(free, BLOCK)))

    def free(self) -> None:
        """Give the space back."""
        self._ballast.unlink()

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """Mount a disk of that size, and unmount it; the test is skipped where that is not allowed."""
    with tempfile.TemporaryDirectory(prefix="booklake-disk-") as name:
        mount = ["/usr/bin/mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", name]
        mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
        if mounted.returncode != 0:
            pytest.skip(f"no small disk can be mounted here, as user {os.geteuid()}: {mounted.stderr.strip()}")
        try:
            yield SmallDisk(Path(name))
        finally:
            subprocess.run(["/usr/bin/umount", name], check=True)
