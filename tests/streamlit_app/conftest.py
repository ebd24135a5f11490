"""The app without a browser, over the catalogue that tests/catalogue publishes by hand."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit as st
from psycopg import sql
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest

from elt_pipeline.storage.postgres.roles import prepare
from elt_pipeline.storage.postgres.warehouse import Warehouse

ROOT = Path(__file__).parents[2]
NOBODY_LISTENS = "postgresql://booklake_app@127.0.0.1:1/booklake"


EMPTIED = "truncate recommendations.books, recommendations.book_authors, recommendations.editions, recommendations.row_ledger"


def publish(warehouse: Warehouse, database: str, *scripts: bytes) -> str:
    """Make a database, run the scripts in it, and return the URL of the app's role."""
    with warehouse.connect("owner") as owner:
        owner.execute(sql.SQL("create database {}").format(sql.Identifier(database)))
    url = urlsplit(warehouse.owner_url.get_secret_value())._replace(path=f"/{database}").geturl()
    own = Warehouse(SecretStr(url), warehouse.passwords)
    prepare(own)
    with own.connect("owner") as owner:
        for script in scripts:
            owner.execute(script)
    return own.url_for("app").get_secret_value()


def script(name: str) -> bytes:
    return (ROOT / "tests" / "catalogue" / name).read_bytes()


@pytest.fixture(scope="session")
def published_url(warehouse: Warehouse) -> str:
    return publish(warehouse, "app_by_hand", script("published.sql"), script("happened.sql"))


@pytest.fixture(scope="session")
def emptied_url(warehouse: Warehouse) -> str:
    return publish(warehouse, "app_without_books", script("published.sql"), EMPTIED.encode())


@pytest.fixture
def app(published_url: str) -> Iterator[AppTest]:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "app.py"), default_timeout=30)
    app.secrets["warehouse"] = {"url": published_url}
    st.cache_data.clear()
    yield app
    st.cache_data.clear()


@pytest.fixture
def app_without_books(app: AppTest, emptied_url: str) -> AppTest:
    app.secrets["warehouse"] = {"url": emptied_url}
    return app


@pytest.fixture
def app_without_database(app: AppTest) -> AppTest:
    app.secrets["warehouse"] = {"url": NOBODY_LISTENS}
    return app
