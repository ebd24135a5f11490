"""The table of the servers, and the words for one that does not come up. No server starts."""

from pathlib import Path

import pytest

from stack.errors import StackFailed
from stack.report import Row, look, table, unhealthy
from stack.servers import Stack
from stack.starting import last_lines, wait


def test_the_table_adds_up_the_memory_and_shows_state_version_and_address() -> None:
    rows = [Row("mysql", "healthy", 105_000_000, "MariaDB 10", "mysql://x"), Row("minio", "down", 20_000_000, "", "http://y")]
    lines = table(rows).splitlines()
    assert lines[1].split() == ["mysql", "healthy", "105", "MB", "MariaDB", "10", "mysql://x"]
    assert lines[2].split() == ["minio", "down", "20", "MB", "http://y"]
    assert lines[-1].split() == ["in", "all", "125", "MB"]


def test_servers_of_which_none_runs_are_down_and_take_no_memory(servers: Stack) -> None:
    assert {(row.state, row.memory) for row in look(servers)} == {("down", 0)}


def test_what_is_not_healthy_is_told_by_name_and_of_other_servers_nothing_is_known(
    servers: Stack, exported: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unhealthy(servers.pipeline) is None
    for name, value in exported.items():
        monkeypatch.setenv(name, value)
    assert unhealthy(servers.pipeline) == [f"{service.name} down" for service in servers.services]


def test_waiting_for_servers_that_nobody_has_started_says_how_to_start_them(servers: Stack) -> None:
    with pytest.raises(StackFailed, match=r"mysql: its process is gone.*make up"):
        wait(servers, 0)


def test_the_last_lines_of_a_log_are_told_and_no_log_is_no_line(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    assert last_lines(log, 2) == []
    log.write_bytes(b"one\ntwo\nthr\xff\n")
    assert last_lines(log, 2) == ["two", "thr\ufffd"]
