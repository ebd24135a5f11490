"""What the servers in containers lack once they run: roles, databases, the bucket and its key. Starting them is compose's."""

import sys
from contextlib import suppress

import psycopg
from psycopg.errors import DuplicateDatabase, DuplicateObject

from elt_pipeline.session import open_warehouse
from elt_pipeline.settings import read_settings
from stack import minio, postgres
from stack.errors import StackFailed
from stack.settings import ContainerSettings

FOR_METABASE = (
    "create role metabase login",
    "create database metabase owner metabase",
    "revoke all on database metabase from public",
)


def main() -> None:
    """Make all that is missing; a second time changes nothing but passwords that were changed in .env. Raises ``StackFailed``."""
    settings, pipeline = ContainerSettings(), read_settings()
    minio.provision(settings)
    make_databases(settings)
    with open_warehouse(pipeline):
        sys.stdout.write("The bucket, its key, the databases and their roles are there.\n")


def make_databases(settings: ContainerSettings) -> None:
    """Make the roles and databases of the pipeline, Dagster and Metabase, and give the roles their passwords."""
    try:
        with psycopg.connect(
            host=settings.postgres_host,
            port=settings.postgres_port,
            user="postgres",
            password=settings.postgres_password.get_secret_value(),
            autocommit=True,
            connect_timeout=10,
        ) as connection:
            for statement in (*postgres.FIRST, *FOR_METABASE):
                with suppress(DuplicateObject, DuplicateDatabase):
                    connection.execute(statement)
            for statement in postgres.passwords(settings, metabase=settings.metabase_db_password):
                connection.execute(statement.encode())
    except psycopg.Error as error:
        raise StackFailed(
            f"The databases of Postgres could not be made: {error}. Where POSTGRES_PASSWORD was changed in .env after the first "
            "start, set it back: the volume keeps the first one."
        ) from error


if __name__ == "__main__":
    try:
        main()
    except StackFailed as error:
        sys.exit(str(error))
