"""A catalogue published by hand, and the app role's connection to it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from psycopg import Connection
from pydantic import SecretStr

from catalogue.connecting import connect
from elt_pipeline.storage.postgres.roles import prepare
from elt_pipeline.storage.postgres.warehouse import Warehouse

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def published(warehouse: Warehouse) -> Warehouse:
    with warehouse.connect("owner") as owner:
        owner.execute("create database catalogue_by_hand")
    url = urlsplit(warehouse.owner_url.get_secret_value())._replace(path="/catalogue_by_hand").geturl()
    own = Warehouse(SecretStr(url), warehouse.passwords)
    prepare(own)
    with own.connect("owner") as owner:
        for script in ("published.sql", "happened.sql"):
            owner.execute((HERE / script).read_bytes())
    return own


@pytest.fixture
def app(published: Warehouse) -> Iterator[Connection]:
    with connect(published.url_for("app").get_secret_value()) as connection:
        yield connection
