"""The first set-up appears whole or not at all."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from elt_pipeline.storage.postgres.postgres_binaries import PostgresBinaries, PostgresUnavailable
from elt_pipeline.storage.postgres.postgres_data import data_folder, is_set_up, set_up


def failing_initdb(folder: Path, complaint: str) -> PostgresBinaries:
    (folder / "initdb").write_text(f"#!/bin/sh\ncat\necho x > $2/half\necho '{complaint}' >&2\nexit 1\n", encoding="utf-8")
    (folder / "initdb").chmod(0o755)
    return PostgresBinaries(folder, 15)


def test_a_failing_set_up_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    var_dir = tmp_path / "var"
    binaries = failing_initdb(tmp_path, "initdb: error: could not write to file: No space left on device")
    with pytest.raises(PostgresUnavailable, match=r"could not write to file: No space left on device\. Mend that .* try again"):
        set_up(binaries, var_dir, var_dir / "postgres", SecretStr("planted"))
    assert list(var_dir.iterdir()) == []


def test_a_half_made_folder_does_not_count_as_set_up(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    assert not is_set_up(tmp_path, tmp_path / "postgres")
    (tmp_path / "postgres" / "PG_VERSION").write_text("15\n", encoding="ascii")
    assert is_set_up(tmp_path, tmp_path / "postgres")


def test_data_outside_belong_to_a_var_folder_only_by_its_link(tmp_path: Path) -> None:
    outside = tmp_path / "outside" / "postgres"
    outside.mkdir(parents=True)
    (outside / "PG_VERSION").write_text("15\n", encoding="ascii")
    assert not is_set_up(tmp_path, outside)
    (tmp_path / "postgres").symlink_to(outside)
    assert is_set_up(tmp_path, outside)


def test_our_own_user_keeps_the_data_in_var(tmp_path: Path) -> None:
    assert data_folder(tmp_path, user=None) == tmp_path / "postgres"
