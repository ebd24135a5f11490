"""stack/wait, which start scripts and images use: bash alone, TCP and HTTP, with an end."""

import subprocess

import pytest
from pytest_httpserver import HTTPServer

from elt_pipeline.settings import ROOT
from elt_pipeline.storage.postgres.postgres_server import free_port


def wait(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["/bin/bash", str(ROOT / "stack" / "wait"), *arguments]
    return subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False, timeout=30)


def test_who_answers_over_tcp_and_http_is_waited_for(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/ready/now").respond_with_data("yes")
    place = f"127.0.0.1:{httpserver.port}"
    assert wait("-t", "10", f"tcp://{place}", f"http://{place}/ready/now").returncode == 0


def test_an_answer_of_failure_is_not_yet_ready(httpserver: HTTPServer) -> None:
    httpserver.expect_oneshot_request("/ready").respond_with_data("starting", status=503)
    httpserver.expect_request("/ready").respond_with_data("yes")
    assert wait("-t", "10", f"http://127.0.0.1:{httpserver.port}/ready").returncode == 0
    assert [response.status_code for _, response in httpserver.log] == [503, 200]


def test_who_does_not_answer_is_named_when_the_time_is_over() -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    ended = wait("-t", "0", address)
    assert ended.returncode == 1
    assert address in ended.stderr


@pytest.mark.parametrize("address", ["127.0.0.1:80", "https://127.0.0.1:80/", "tcp://127.0.0.1"])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    ended = wait("-t", "0", address)
    assert ended.returncode == 2
    assert address in ended.stderr
