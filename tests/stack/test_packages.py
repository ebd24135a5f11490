"""What of the system is missing is named with its reason and the command, before anything starts. Nothing is installed."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from elt_pipeline.settings import ROOT
from stack import packages
from stack.errors import StackFailed
from stack.settings import without_ours


def test_where_nothing_may_be_installed_the_command_and_the_reasons_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INSTALL", "0")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(packages, "PLACES", str(tmp_path))
    with pytest.raises(StackFailed) as told:
        packages.install_missing(print)
    assert "MariaDB" in str(told.value)
    assert "Spark runs on it" in str(told.value)
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends mariadb-server-core" in str(told.value)
    assert "openjdk-17-jre-headless" in str(told.value)


def test_what_fetches_and_builds_is_told_no_variable_of_env_template(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in dotenv_values(ROOT / "env.template", interpolate=False):
        monkeypatch.setenv(name, "a password")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    told = without_ours()
    assert [name for name, value in told.items() if value == "a password"] == []
    assert told["HTTPS_PROXY"] == "http://127.0.0.1:3128"


@pytest.mark.parametrize(("said", "major"), [('openjdk version "17.0.15" 2025', 17), ('java version "1.8.0_1"', 1), ("no", 0)])
def test_the_version_of_java_is_that_of_java_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, major: int) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert packages.java_major() == major
