"""What many tests share: the engine, a private Postgres, the real data's folder, seeded randomness. Nothing of the domain."""

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from psycopg import sql
from pydantic import SecretStr
from pyspark.sql import SparkSession

from elt_pipeline.settings import Settings
from elt_pipeline.stopping import STOPPING
from elt_pipeline.storage.engine import open_spark
from elt_pipeline.storage.postgres.embedded_postgres import EmbeddedPostgres
from elt_pipeline.storage.postgres.roles import prepare
from elt_pipeline.storage.postgres.warehouse import Warehouse
from elt_pipeline.storage.secrets import warehouse_passwords

for name in Settings.model_fields:  # What is exported names somebody's own places: no test may reach them.
    os.environ.pop(name.upper(), None)  # noqa: TID251
for number in STOPPING:  # What runs the tests may have them ignored, as a shell does for what it starts in the background.
    signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


@pytest.fixture(scope="session")
def spark() -> SparkSession:
    """The embedded engine, or the Spark server that `tests/stack/test_rules_on_the_cluster.py` names."""
    return open_spark(os.environ.get("BOOKLAKE_TESTS_SPARK"))  # noqa: TID251 -- how the tests run, no setting of ours


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
    name = f"test_{abs(hash(request.node.nodeid))}"
    with warehouse.connect("owner") as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        own = Warehouse(SecretStr(f"{warehouse.owner_url.get_secret_value().rpartition('/')[0]}/{name}"), warehouse.passwords)
        prepare(own)
        yield own
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def real_data() -> Path:
    folder = Path(os.environ.get("BOOKLAKE_REAL_DATA", Path(__file__).parents[2] / "shared/data/goodreads"))  # noqa: TID251 -- what this machine has, no setting of ours
    return folder if folder.is_dir() else pytest.skip(f"no real data: {folder} is no folder (BOOKLAKE_REAL_DATA names one)")


@pytest.fixture
def rng() -> Random:
    return Random(20261120)  # noqa: S311 -- repeatable on purpose, nothing secret


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The longest file first: two workers share the rest meanwhile.
    items.sort(key=lambda item: not {"test_refresh", "test_commands"} & set(item.nodeid.replace(".py", "/").split("/")))
