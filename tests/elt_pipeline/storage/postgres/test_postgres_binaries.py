"""The newest PostgreSQL is found, and where none fits, the message names the package."""

import os
import pwd
from pathlib import Path

import pytest

from elt_pipeline.storage.postgres.postgres_binaries import PostgresUnavailable, find_binaries, installed_folders, system_user


def programs(root: Path, major: int) -> Path:
    folder = root / "usr/lib/postgresql" / str(major) / "bin"
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {major}.3 (Debian)'\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def test_the_newest_version_is_taken_unless_one_is_asked_for(tmp_path: Path) -> None:
    folders = {major: programs(tmp_path, major) for major in (9, 15, 17)}
    found = [folder for folder in installed_folders(tmp_path) if folder.is_relative_to(tmp_path)]
    assert find_binaries(found).folder == folders[17]
    assert find_binaries(found, major=15).folder == folders[15]


def test_programs_that_are_too_old_or_half_there_do_not_count(tmp_path: Path) -> None:
    (programs(tmp_path, 16) / "initdb").unlink()
    folders = [programs(tmp_path, 14), *tmp_path.glob("usr/lib/postgresql/16/bin")]
    with pytest.raises(PostgresUnavailable, match=r"PostgreSQL 15 or newer is not installed: run `apt-get install postgresql`"):
        find_binaries(folders)


def test_a_missing_version_names_its_package(tmp_path: Path) -> None:
    with pytest.raises(PostgresUnavailable, match=r"`apt-get install postgresql-14`, or `INSTALL=1 make setup`, which does it"):
        find_binaries([programs(tmp_path, 15)], major=14)


def test_root_without_the_system_user_is_told_to_create_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_user(name: str) -> pwd.struct_passwd:
        raise KeyError(name)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", no_such_user)
    with pytest.raises(PostgresUnavailable, match=r"`postgres` is missing: create it with `useradd --system postgres`"):
        system_user()


def test_others_run_it_as_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert system_user() is None
