"""What the two databases are told before they listen. No server starts; the stack's tests log in."""

from pathlib import Path

import pytest

from elt_pipeline.storage.postgres import postgres_data
from elt_pipeline.storage.postgres.postgres_server import SETTINGS
from stack import database_folders
from stack.errors import StackFailed
from stack.mariadb import rights, server_command
from stack.postgres import FIRST, passwords
from stack.settings import MysqlSettings, PostgresSettings

AWKWARD = 'it\'s \\ "awkward"'


def test_mariadb_sets_both_passwords_at_each_start_whatever_is_in_them() -> None:
    settings = MysqlSettings.model_validate(
        {"booklake_stack": "/x", "mysql_port": 1, "mysql_password": AWKWARD, "mysql_root_password": "root's"}
    )
    lines = rights(settings).splitlines()
    assert "alter user 'booklake'@'127.0.0.1' identified by 'it\\'s \\\\ \\\"awkward\\\"';" in lines
    assert "alter user 'root'@'localhost' identified by 'root\\'s';" in lines
    granted = [line for line in lines if "booklake" in line and "grant" in line]
    assert granted == ["grant all on books.* to 'booklake'@'127.0.0.1';"]


def test_mariadb_listens_on_this_machine_alone() -> None:
    assert "--bind-address=127.0.0.1" in server_command(Path("/data"), 3306, Path("/first.sql"))
    assert SETTINGS["listen_addresses"] == "127.0.0.1"


def test_postgres_sets_the_password_of_each_role_that_it_makes() -> None:
    settings = PostgresSettings.model_validate(
        {
            "booklake_stack": "/x",
            "postgres_port": 1,
            "postgres_password": "a",
            "dagster_password": "it's",
            "warehouse_owner_password": "c",
        }
    )
    assert passwords(settings) == [
        "alter role \"postgres\" password 'a'",
        "alter role \"booklake\" password 'c'",
        "alter role \"dagster\" password 'it''s'",
    ]
    assert not [statement for statement in FIRST if "superuser" in statement]


def test_a_first_set_up_that_fails_leaves_nothing_and_is_told_with_the_servers_words(tmp_path: Path) -> None:
    def fill(new: Path) -> None:
        (new / "half").touch()
        database_folders.run(["/bin/sh", "-c", "echo 'note'; echo 'ERROR: no space' >&2; exit 1"], "The first set-up")

    with pytest.raises(StackFailed, match="The first set-up failed: ERROR: no space"):
        database_folders.set_up(tmp_path / "mysql", tmp_path / "mysql", None, fill)
    assert list(tmp_path.iterdir()) == []


def test_data_outside_belongs_to_the_stack_that_links_to_it_and_are_made_anew_for_another(tmp_path: Path) -> None:
    link, data = tmp_path / "link", tmp_path / "outside" / "mysql"
    database_folders.set_up(link, data, None, lambda new: (new / "first").touch())
    database_folders.set_up(link, data, None, lambda new: (new / "second").touch())
    assert [file.name for file in data.iterdir()] == ["first"]
    assert link.readlink() == data
    link.unlink()
    database_folders.set_up(link, data, None, lambda new: (new / "third").touch())
    assert [file.name for file in data.iterdir()] == ["third"]


def test_what_lies_outside_goes_with_the_stack_and_where_a_persons_own_link_leads_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_data, "OUTSIDE", tmp_path / "outside")
    data, ours, theirs = tmp_path / "data", tmp_path / "outside" / "hash" / "mysql", tmp_path / "large" / "minio"
    for folder in (data, ours, theirs):
        folder.mkdir(parents=True)
    (data / "mysql").symlink_to(ours)
    (data / "minio").symlink_to(theirs)
    database_folders.remove_outside(data)
    assert not ours.parent.exists()
    assert theirs.exists()
