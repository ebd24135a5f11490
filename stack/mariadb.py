"""MariaDB's files, and then MariaDB itself in this process's place. What the source database holds belongs to dataset."""

import os
import shutil
from pathlib import Path

from pydantic import SecretStr
from pymysql.converters import escape_string

from elt_pipeline.storage.postgres.postgres_binaries import ENVIRONMENT, as_user, system_user
from elt_pipeline.storage.secrets import write_private
from stack import database_folders
from stack.places import Places
from stack.settings import MysqlSettings

# The first that a new server runs, and each start again: a password that was changed in .env is taken over.
RIGHTS = (
    "create database if not exists books character set utf8mb4 collate utf8mb4_unicode_ci",
    "create user if not exists 'root'@'127.0.0.1' identified by {root}",
    "alter user 'root'@'127.0.0.1' identified by {root}",
    "alter user 'root'@'localhost' identified by {root}",
    "grant all on *.* to 'root'@'127.0.0.1' with grant option",
    "create user if not exists 'booklake'@'127.0.0.1' identified by {booklake}",
    "alter user 'booklake'@'127.0.0.1' identified by {booklake}",
    "grant all on books.* to 'booklake'@'127.0.0.1'",
)


def rights(settings: MysqlSettings) -> str:
    """The statements that the server runs before it listens: the database and its two accounts, one statement a line."""
    secrets = {"root": _quoted(settings.mysql_root_password), "booklake": _quoted(settings.mysql_password)}
    return "".join(f"{statement.format_map(secrets)};\n" for statement in RIGHTS)


def _quoted(secret: SecretStr) -> str:
    return f"'{escape_string(secret.get_secret_value())}'"


def main() -> None:
    """Make the database where there is none, then become the server."""
    settings = MysqlSettings()
    user, places = system_user(), Places(settings.booklake_stack)
    data = database_folders.data_folder(places.data, "mysql", user)
    database_folders.set_up(places.data / "mysql", data, user, lambda new: _install(new, user))
    first = data.parent / "mysql.rights.sql"
    write_private(first, rights(settings))
    if user is not None:
        shutil.chown(first, user)
    command = [*as_user(user), *server_command(data, settings.mysql_port, first)]
    os.chdir("/")
    os.execvpe(command[0], command, ENVIRONMENT)  # noqa: S606 -- this process becomes the server, under the same id


def server_command(data: Path, port: int, first: Path) -> list[str]:
    """The command line of the server. Its socket has a name of its own in the data folder, which others cannot enter."""
    return [
        "/usr/sbin/mariadbd",
        "--no-defaults",
        f"--datadir={data}",
        f"--port={port}",
        "--bind-address=127.0.0.1",
        "--socket=mysql.sock",
        "--pid-file=mysql.pid",
        f"--init-file={first}",
        "--skip-name-resolve",
        "--character-set-server=utf8mb4",
        "--max-allowed-packet=64M",
    ]


def _install(new: Path, user: str | None) -> None:
    flags = ("--no-defaults", f"--datadir={new}", "--auth-root-authentication-method=normal", "--skip-test-db")
    database_folders.run([*as_user(user), "mariadb-install-db", *flags], "The first set-up of MariaDB")


if __name__ == "__main__":
    main()
