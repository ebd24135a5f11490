"""What of the system is missing is named with its reason and the command, before anything starts. Nothing is installed."""

from pathlib import Path

import pytest

from stack import packages
from stack.errors import StackFailed


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


@pytest.mark.parametrize(("said", "major"), [('openjdk version "17.0.15" 2025', 17), ('java version "1.8.0_1"', 1), ("no", 0)])
def test_the_version_of_java_is_that_of_java_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, major: int) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert packages.java_major() == major
