"""A server is known by its pid file; a file that names another program is no server."""

import os
import socket
from pathlib import Path

import psutil

from elt_pipeline.storage.postgres.postgres_server import (
    free_port,
    is_free,
    last_complaint,
    listener,
    live_process,
    recorded_port,
)


def test_a_pid_that_is_now_another_programs_is_no_server(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n0\n5432\n", encoding="ascii")
    assert live_process(tmp_path) is None
    assert not (tmp_path / "postmaster.pid").exists()


def test_a_broken_or_missing_pid_file_is_no_server(tmp_path: Path) -> None:
    assert live_process(tmp_path) is None
    (tmp_path / "postmaster.pid").write_text("", encoding="ascii")
    assert live_process(tmp_path) is None


def test_the_port_is_that_of_the_process_only(tmp_path: Path) -> None:
    here = psutil.Process()
    (tmp_path / "postmaster.pid").write_text(f"{here.pid}\n{tmp_path}\n0\n 6000\n", encoding="ascii")
    assert recorded_port(tmp_path, here) == 6000
    assert recorded_port(tmp_path, psutil.Process(here.ppid())) is None


def test_a_taken_port_names_who_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not is_free(port)
        assert listener(port) == f"{psutil.Process().name()}, process {os.getpid()}"
    assert is_free(free_port())


def test_the_last_complaint_is_the_one_that_counts(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    log.write_text("LOG: starting\nLOG: could not bind\nFATAL:  no sockets.\nLOG: shut down\n", encoding="utf-8")
    assert last_complaint(log) == "FATAL:  no sockets"
