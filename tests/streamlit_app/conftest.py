"""The app without a browser, over the catalogue that tests/catalogue publishes by hand."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit as st
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest

from elt_pipeline.storage.postgres.roles import prepare
from elt_pipeline.storage.postgres.warehouse import Warehouse

ROOT = Path(__file__).parents[2]
NOBODY_LISTENS = "postgresql://booklake_app@127.0.0.1:1/booklake"


@pytest.fixture(scope="session")
def published_url(warehouse: Warehouse) -> str:
    with warehouse.connect("owner") as owner:
        owner.execute("create database app_by_hand")
    url = urlsplit(warehouse.owner_url.get_secret_value())._replace(path="/app_by_hand").geturl()
    own = Warehouse(SecretStr(url), warehouse.passwords)
    prepare(own)
    with own.connect("owner") as owner:
        for script in ("published.sql", "happened.sql"):
            owner.execute((ROOT / "tests" / "catalogue" / script).read_bytes())
    return own.url_for("app").get_secret_value()


@pytest.fixture
def app(published_url: str) -> Iterator[AppTest]:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "app.py"), default_timeout=30)
    app.secrets["warehouse"] = {"url": published_url}
    st.cache_data.clear()
    yield app
    st.cache_data.clear()


@pytest.fixture
def app_without_database(app: AppTest) -> AppTest:
    app.secrets["warehouse"] = {"url": NOBODY_LISTENS}
    return app
