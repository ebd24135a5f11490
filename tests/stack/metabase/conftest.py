"""A fake Metabase behind a real socket, and what the provisioner is told to reach it."""

import re
from collections.abc import Callable, Sequence

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from catalogue.cards import Card, read_cards
from stack.metabase.client import Metabase
from stack.metabase.provisioning import provision
from stack.settings import MetabaseSettings
from tests.support.fake_metabase import FakeMetabase

ADMIN, READER, OWNER = "the admin's own secret", "the reader's own secret", "the owner's own secret"

Bring = Callable[..., list[str]]


@pytest.fixture
def fake(httpserver: HTTPServer) -> FakeMetabase:
    fake = FakeMetabase(ADMIN, READER)
    httpserver.expect_request(re.compile(".*")).respond_with_handler(fake)
    return fake


@pytest.fixture
def settings(httpserver: HTTPServer) -> MetabaseSettings:
    return MetabaseSettings(
        metabase_url=httpserver.url_for(""),
        metabase_admin_email="admin@booklake.example",
        metabase_admin_password=SecretStr(ADMIN),
        warehouse_url=SecretStr(f"postgresql://booklake:{OWNER.replace(' ', '%20')}@postgres:5432/booklake"),
        warehouse_reader_password=SecretStr(READER),
    )


@pytest.fixture
def bring(settings: MetabaseSettings) -> Bring:
    """Bring the cards to the fake, and return what was reported."""

    def bring(cards: Sequence[Card] = tuple(read_cards()), **changed: str | SecretStr) -> list[str]:
        reported: list[str] = []
        told = settings.model_copy(update=changed)
        metabase = Metabase(told.metabase_url, (told.metabase_admin_password, told.warehouse_reader_password))
        provision(metabase, told, cards, reported.append)
        return reported

    return bring
