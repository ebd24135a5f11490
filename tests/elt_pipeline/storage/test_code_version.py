"""The code version: it changes with what the code does, not with how it is laid out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from elt_pipeline.storage import code_version as subject

RULES = '"""Rules."""\n\nLIMIT = 10\n\n\ndef rule(value: int) -> bool:\n    """Whether it is kept."""\n    return value < LIMIT\n'
ASSET = "from elt_pipeline.rules import rule\n\nTABLE = rule(1)\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "rules.py").write_text(RULES)
    (tmp_path / "asset.py").write_text(ASSET)
    (tmp_path / "unrelated.py").write_text("A = 1\n")
    monkeypatch.setattr(subject, "ROOT", tmp_path)
    yield tmp_path
    forget()


def forget() -> None:
    for remembered in (subject._tree, subject._meaning, subject._imports):
        remembered.cache_clear()


def version_after(project: Path, file: str, text: str) -> str:
    (project / file).write_text(text)
    forget()
    return subject.code_version("elt_pipeline.asset", ["polars"])


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("rules.py", RULES + "# A comment.\n", id="a comment"),
        pytest.param("rules.py", RULES.replace("Whether it is kept.", "Whether it stays."), id="a docstring"),
        pytest.param("rules.py", RULES.replace("value < LIMIT", "(value <\n        LIMIT)"), id="layout"),
        pytest.param("unrelated.py", "A = 2\n", id="a module that is not imported"),
    ],
)
def test_what_does_not_change_the_meaning_keeps_the_version(project: Path, file: str, text: str) -> None:
    before = subject.code_version("elt_pipeline.asset", ["polars"])
    assert version_after(project, file, text) == before


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("rules.py", RULES.replace("10", "11"), id="a constant of an imported module"),
        pytest.param("rules.py", RULES.replace("<", "<="), id="an operator"),
        pytest.param("asset.py", ASSET.replace("rule(1)", "rule(2)"), id="the asset itself"),
    ],
)
def test_a_changed_meaning_changes_the_version(project: Path, file: str, text: str) -> None:
    before = subject.code_version("elt_pipeline.asset", ["polars"])
    assert version_after(project, file, text) != before


def test_the_engines_versions_count(project: Path) -> None:  # noqa: ARG001 - the modules stand there.
    assert subject.code_version("elt_pipeline.asset", ["polars"]) != subject.code_version("elt_pipeline.asset", ["deltalake"])
