"""Passwords are made once, kept from others, and given ones win."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from elt_pipeline.storage.secrets import ROLES, SecretsUnreadable, warehouse_passwords


def test_passwords_are_generated_once_for_each_role(tmp_path: Path) -> None:
    first = warehouse_passwords(tmp_path / "var")
    assert list(first) == list(ROLES)
    assert len({password.get_secret_value() for password in first.values()}) == len(ROLES)
    assert warehouse_passwords(tmp_path / "var") == first


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    warehouse_passwords(tmp_path)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secrets.json"]


def test_a_given_password_wins_and_is_not_written_down(tmp_path: Path) -> None:
    passwords = warehouse_passwords(tmp_path, {"app": SecretStr("given"), "dbt": None})
    assert passwords["app"] == SecretStr("given")
    assert len(passwords["dbt"].get_secret_value()) == 32
    assert "given" not in (tmp_path / "secrets.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"owner": "planted"}), "\udcff planted"])
def test_a_broken_file_is_named_and_not_quoted(tmp_path: Path, content: str) -> None:
    (tmp_path / "secrets.json").write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(SecretsUnreadable, match=r"secrets.json is not the file .* restore it, or remove it together") as refusal:
        warehouse_passwords(tmp_path)
    assert "planted" not in str(refusal.value)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file", encoding="utf-8")
    with pytest.raises(SecretsUnreadable, match=r"secrets.json: .* set VAR_DIR to a folder of yours"):
        warehouse_passwords(tmp_path / "var")
