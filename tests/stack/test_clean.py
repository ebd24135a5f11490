"""`make clean`, run in a copy of its scripts, so that nothing of this checkout goes. No server starts."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from elt_pipeline.settings import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The scripts of `make clean` with an environment that runs this project, and what servers have kept."""
    for folder in ("scripts", ".venv/bin", "var/stack/data/minio"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("scripts/clean.sh", "scripts/make_env.sh", "env.template"):
        shutil.copy(ROOT / name, tmp_path / name)
    programs = {
        "scripts/setup.sh": "true",
        ".venv/bin/python": sys.executable,
        ".venv/bin/booklake": f"{sys.executable} -m elt_pipeline",
    }
    for name, program in programs.items():
        (tmp_path / name).write_text(f'#!/bin/sh\nexec {program} "$@"\n', encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("has_settings", [True, False])
def test_clean_removes_what_is_ours_whether_or_not_there_are_settings(checkout: Path, *, has_settings: bool) -> None:
    if has_settings:
        subprocess.run([str(checkout / "scripts" / "make_env.sh")], check=True, capture_output=True)
    told = {"PATH": "/usr/bin:/bin", "HOME": str(checkout), "PYTHONPATH": str(ROOT), "VAR_DIR": str(checkout / "var")}
    done = subprocess.run([str(checkout / "scripts" / "clean.sh")], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [place for place in ("var/stack", ".venv") if (checkout / place).exists()] == []
    assert (checkout / ".env").exists() is has_settings
