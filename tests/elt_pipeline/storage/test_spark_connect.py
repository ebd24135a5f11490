"""Addresses at which no Spark answers: each is told within seconds, with the setting to look at."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from elt_pipeline.storage.postgres.postgres_server import free_port
from elt_pipeline.storage.spark_connect import SparkUnavailable, address_of, reach


def test_a_server_that_is_down_is_named_with_what_to_do() -> None:
    port = free_port()
    with pytest.raises(SparkUnavailable, match=f"127.0.0.1:{port} does not answer .connection refused.: start it .*SPARK_REMOTE"):
        reach(f"sc://127.0.0.1:{port}")


def test_a_host_that_nobody_knows_is_told_as_that() -> None:
    with pytest.raises(SparkUnavailable, match=r"nowhere.invalid:15002 does not answer .no machine of that name is known"):
        reach("sc://nowhere.invalid")


def test_a_server_of_something_else_is_told_as_that() -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(SparkUnavailable, match=r"does not answer as Spark Connect does: .*SPARK_REMOTE"):
            reach(f"sc://127.0.0.1:{server.server_port}", ready_seconds=0.5)
        server.shutdown()


@pytest.mark.parametrize("remote", ["127.0.0.1:15002", "spark://127.0.0.1:7077", "sc://", "sc://host:port", "sc://host/;token"])
def test_what_is_no_address_is_refused_without_being_repeated(remote: str) -> None:
    with pytest.raises(SparkUnavailable, match=r"SPARK_REMOTE .*write it like sc://127.0.0.1:15002"):
        reach(remote)


def test_an_address_shows_nothing_secret() -> None:
    assert address_of("sc://spark.example.org/;use_ssl=true;token=hidden") == "spark.example.org:15002"
