"""The snippets of docs/analysts.md, run as they stand there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from elt_pipeline.settings import ROOT
from elt_pipeline.storage.postgres.postgres_binaries import find_binaries, installed_folders
from tests.support.booklake import Booklake

SNIPPETS = re.findall(r"```(sh|python)\n(.*?)```", (ROOT / "docs" / "analysts.md").read_text(encoding="utf-8"), re.DOTALL)


def output_of(snippet: tuple[str, str], booklake: Booklake, folder: Path) -> str:
    kind, text = snippet
    (folder / ".venv").symlink_to(ROOT / ".venv")
    shell = ["bash", "-euc", text] if kind == "sh" else [sys.executable, "-c", text]
    places = {"VAR_DIR": str(booklake.settings.var), "PATH": f"{find_binaries(installed_folders()).folder}:{os.environ['PATH']}"}  # noqa: TID251 -- a shell needs one.
    ended = subprocess.run(shell, cwd=folder, env=places, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize(
    ("snippet", "said"),
    [
        pytest.param(SNIPPETS[0], "/lake; what people read", id="booklake env"),
        pytest.param(SNIPPETS[1], "mean_stars", id="psql"),
        pytest.param(SNIPPETS[2], "work_count", id="Polars"),
    ],
)
def test_a_snippet_for_analysts_gives_rows(booklake: Booklake, tmp_path: Path, snippet: tuple[str, str], said: str) -> None:
    output = output_of(snippet, booklake, tmp_path)
    assert said in output
    if said == "mean_stars":
        assert "match_reason" in output
        assert re.search(r"\| +[0-9]+ \|", output)


def test_there_is_no_snippet_that_is_not_run() -> None:
    assert len(SNIPPETS) == 3
