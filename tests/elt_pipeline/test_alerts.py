"""A failed run sends one message, and no receiver can hold a run up, whatever it does."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from elt_pipeline.alerts import message, send
from elt_pipeline.runs import refresh
from tests.support.booklake import Booklake

CONTENT = message("a run", "refresh", ["gold.works: ¿qué?"])


@contextmanager
def receiver(*statuses: int, hangs: bool = False) -> Iterator[tuple[SecretStr, list[Any]]]:
    """A server that answers with the statuses in turn, the last again and again, or does not answer; and what it got."""
    got: list[Any] = []
    ended = threading.Event()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if hangs:
                ended.wait(30)
                return
            self.send_response(statuses[min(len(got), len(statuses)) - 1])
            self.send_header("Content-Length", "0")
            self.send_header("Retry-After", "3600")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield SecretStr(f"http://127.0.0.1:{server.server_port}/hook?token=hush"), got
    finally:
        ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_message_arrives_once_and_whole() -> None:
    with receiver(204) as (url, got):
        send(url, CONTENT)
    assert got == [CONTENT]
    assert CONTENT.keys() == {"run_id", "job", "failures", "host", "time"}


def test_a_receiver_that_is_busy_for_a_moment_is_asked_again() -> None:
    with receiver(500, 503, 200) as (url, got):
        send(url, CONTENT)
    assert got == [CONTENT] * 3


@pytest.mark.parametrize(("statuses", "asked"), [((500,), 3), ((404,), 1), ((302,), 1)])
def test_a_refusal_is_logged_without_the_address(statuses: tuple[int, ...], asked: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "booklake"), receiver(*statuses) as (url, got):
        send(url, CONTENT)
    assert len(got) == asked
    assert "check ALERT_URL" in caplog.text
    assert "hush" not in caplog.text


def test_a_receiver_that_hangs_is_left_alone_after_the_deadline(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "booklake"), receiver(200, hangs=True) as (url, _):
        send(url, CONTENT, deadline_seconds=0.3)
    assert "not taken within" in caplog.text


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/hook?token=hush", "no url of any kind, but hush"])
def test_an_address_that_is_none_is_told_and_nothing_raised(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "booklake"):
        send(SecretStr(url), CONTENT)
    assert "could not be sent" in caplog.text
    assert "hush" not in caplog.text


def test_a_failed_refresh_sends_its_failures_and_a_good_one_nothing(changing: Booklake) -> None:
    with receiver(200) as (url, got):
        settings = changing.settings.model_copy(update={"alert_url": url})
        assert refresh(settings).failures == ()
        assert got == []
        changing.change_source('alter table book rename column "ISBN" to "Number"')
        failed = refresh(settings)
    (sent,) = got
    assert (sent["run_id"], sent["job"]) == (failed.run_id, "refresh")
    assert sent["failures"] == list(failed.failures)


def test_a_run_that_cannot_reach_the_warehouse_says_so_too(changing: Booklake) -> None:
    away = SecretStr("postgresql://owner:hush@127.0.0.1:9/books")
    with receiver(200) as (url, got):
        failed = refresh(changing.settings.model_copy(update={"alert_url": url, "warehouse_url": away}))
    assert failed.failures
    ((told,),) = [sent["failures"] for sent in got]
    assert "does not answer" in told
    assert "hush" not in told
