"""What many tests share: the engine, a private Postgres, the real data's folder, seeded randomness. Nothing of the domain."""

import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import sql
from pydantic import SecretStr
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession

from elt_pipeline.storage.embedded_postgres import EmbeddedPostgres
from elt_pipeline.storage.roles import prepare
from elt_pipeline.storage.secrets import warehouse_passwords
from elt_pipeline.storage.warehouse import Warehouse


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    server = SparkConnectServer("127.0.0.1", 0)
    server.start()
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()
    yield session
    session.stop()
    server.stop()


@pytest.fixture(scope="session")
def warehouse() -> Iterator[Warehouse]:
    with tempfile.TemporaryDirectory(prefix="booklake-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # Else root's server, which runs as another user, would keep its data elsewhere.
        with EmbeddedPostgres(Path(folder)) as postgres:
            warehouse = Warehouse(postgres.owner_url, warehouse_passwords(Path(folder)))
            prepare(warehouse)
            yield warehouse


@pytest.fixture
def empty_warehouse(warehouse: Warehouse, request: pytest.FixtureRequest) -> Iterator[Warehouse]:
    """A prepared database of the test's own in the same server."""
    name = sql.Identifier(f"test_{abs(hash(request.node.nodeid))}")
    with warehouse.connect("owner") as connection:
        connection.execute(sql.SQL("create database {}").format(name))
        url = warehouse.owner_url.get_secret_value().replace("/booklake", f"/{name.as_string(None).strip(chr(34))}")
        own = Warehouse(SecretStr(url), warehouse.passwords)
        prepare(own)
        yield own
        connection.execute(sql.SQL("drop database {} with (force)").format(name))


@pytest.fixture(scope="session")
def real_data() -> Path:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data" / "goodreads"
    folder = Path(os.environ.get("BOOKLAKE_REAL_DATA", str(beside)))  # noqa: TID251 -- names what the test machine has, not a setting
    if not folder.is_dir():
        pytest.skip(f"no real data: {folder} is not a folder (BOOKLAKE_REAL_DATA names one)")
    return folder


@pytest.fixture
def rng() -> random.Random:
    return random.Random(20261120)  # noqa: S311 -- repeatable on purpose, nothing secret
