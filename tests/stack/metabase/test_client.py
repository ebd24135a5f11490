"""Waiting for a Metabase that starts slowly, or never, or is something else."""

import pytest
from pytest_httpserver import HTTPServer

from stack.metabase.client import Metabase, MetabaseUnexpected, MetabaseUnreachable
from tests.support.fake_metabase import FakeMetabase


def test_a_metabase_that_starts_is_waited_for(fake: FakeMetabase, httpserver: HTTPServer) -> None:
    fake.starting = 3
    Metabase(httpserver.url_for("")).wait_until_ready(20, pause=0.01)
    assert len(fake.requests) == 4


def test_one_that_is_never_ready_is_given_up_with_what_it_said(fake: FakeMetabase, httpserver: HTTPServer) -> None:
    fake.starting = 1_000_000
    with pytest.raises(MetabaseUnreachable, match=r"is not ready after 0.05 s: it answers 503.*--wait"):
        Metabase(httpserver.url_for("")).wait_until_ready(0.05, pause=0.01)


def test_where_nothing_listens_the_message_names_the_variable() -> None:
    with pytest.raises(MetabaseUnreachable, match=r"nothing answers there.*METABASE_URL"):
        Metabase("http://127.0.0.1:1").wait_until_ready(0.05, pause=0.01)


def test_another_server_is_not_waited_for(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/api/health").respond_with_data("no such page", status=404)
    with pytest.raises(MetabaseUnexpected, match="GET /api/health answered 404; perhaps METABASE_URL names another server"):
        Metabase(httpserver.url_for("")).wait_until_ready(20)
