"""The stack's Postgres: its files, roles and databases, then the server in this process's place. Tables are the pipeline's."""

import os
import sys
from pathlib import Path

from psycopg import sql
from pydantic import SecretStr

from elt_pipeline.storage.postgres import postgres_data, postgres_server
from elt_pipeline.storage.postgres.postgres_binaries import (
    ENVIRONMENT,
    PostgresBinaries,
    find_binaries,
    installed_folders,
    system_user,
)
from stack import database_folders
from stack.errors import StackFailed
from stack.places import Places
from stack.settings import PostgresRoles, PostgresSettings

INITDB = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--username=postgres")
# The owner of the warehouse makes the roles of the pipeline, but is no superuser. Each role reaches its own database alone.
FIRST = (
    "create role booklake login createrole",
    "create role dagster login",
    "create database booklake owner booklake",
    "create database dagster owner dagster",
    "revoke all on database booklake, dagster, postgres from public",
)


def main() -> None:
    """Make the databases where there are none, set the passwords, then become the server."""
    settings = PostgresSettings()
    user, places = system_user(), Places(settings.booklake_stack)
    link = places.data / "postgres"
    data = database_folders.data_folder(places.data, "postgres", user)
    newest = find_binaries(installed_folders(), user=user)
    database_folders.set_up(link, data, user, lambda new: _install(newest, new))
    running = postgres_server.live_process(data)
    if running is not None:
        raise StackFailed(f"Another Postgres, process {running.pid}, uses {data}. End it with: make down")
    binaries = find_binaries(installed_folders(), postgres_data.major_version(data), user)
    _alone(binaries, data, passwords(settings))
    kept = postgres_server.SETTINGS | {"port": str(settings.postgres_port)}
    command = binaries.command("postgres", "-D", str(data), *(f"--{name}={value}" for name, value in kept.items()))
    os.chdir("/")
    os.execvpe(command[0], command, ENVIRONMENT)  # noqa: S606 -- this process becomes the server, under the same id


def passwords(settings: PostgresRoles, **others: SecretStr) -> list[str]:
    """The statements that give the server's roles, and the others that are named, the passwords of the settings."""
    given = {
        "postgres": settings.postgres_password,
        "booklake": settings.warehouse_owner_password,
        "dagster": settings.dagster_password,
        **others,
    }
    statement = sql.SQL("alter role {} password {}")
    return [
        statement.format(sql.Identifier(role), sql.Literal(secret.get_secret_value())).as_string(None)
        for role, secret in given.items()
    ]


def _install(binaries: PostgresBinaries, new: Path) -> None:
    database_folders.run(binaries.command("initdb", "-D", str(new), *INITDB), "The first set-up of Postgres")
    _alone(binaries, new, FIRST)
    # Trust reached nobody until here: no server has listened yet.
    (new / "pg_hba.conf").write_text(postgres_data.HOST_BASED_ACCESS, encoding="ascii")


def _alone(binaries: PostgresBinaries, data: Path, statements: list[str] | tuple[str, ...]) -> None:
    flags = ("-c", "exit_on_error=on", "-c", "password_encryption=scram-sha-256")
    told = "".join(f"{statement}\n" for statement in statements)
    database_folders.run(binaries.command("postgres", "--single", "-D", str(data), *flags, "postgres"), "Postgres's set-up", told)


if __name__ == "__main__":
    try:
        main()
    except StackFailed as error:
        sys.exit(str(error))
