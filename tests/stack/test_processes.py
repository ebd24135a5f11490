"""Which processes belong to a stack, by process id and by mark, and that no other is touched. No server starts."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from elt_pipeline.storage.postgres.postgres_server import free_port
from stack import processes
from stack.errors import StackFailed
from stack.places import MARK, Places
from stack.servers import Stack
from stack.up import check_ports

SLEEPER = [sys.executable, "-c", "print(flush=True); import time; time.sleep(600)"]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path / "stack")
    made.make()
    return made


@pytest.fixture
def sleeper(places: Places) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(SLEEPER, env={MARK: str(places.root)}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_process_that_carries_the_mark_is_a_member_and_is_ended(places: Places, sleeper: subprocess.Popen[bytes]) -> None:
    found = processes.members(places, [])
    assert set(found) == {sleeper.pid}
    processes.end_all(found.values())
    assert processes.members(places, []) == {}


def test_a_process_of_another_stack_is_no_member(sleeper: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert sleeper.poll() is None
    assert processes.members(Places(tmp_path / "another"), []) == {}


def test_a_process_id_that_was_given_to_another_program_since_is_none_of_ours(
    places: Places, sleeper: subprocess.Popen[bytes]
) -> None:
    file = places.pid_of("mysql")
    file.write_text(str(sleeper.pid))
    own = processes.main_process(places, "mysql")
    assert own is not None
    assert own.pid == sleeper.pid
    os.utime(file, (1, 1))
    assert processes.main_process(places, "mysql") is None


def test_every_port_that_is_taken_is_named_with_its_owner_and_its_setting(servers: Stack) -> None:
    with closing(socket.socket()) as first, closing(socket.socket()) as second:
        for taken in (first, second):
            taken.bind(("127.0.0.1", 0))
            taken.listen()
        numbers = (first.getsockname()[1], second.getsockname()[1], free_port())
        ports = dict(zip(("SPARK_MASTER_PORT", "SPARK_MASTER_UI_PORT", "FREE_PORT"), numbers, strict=True))
        service = replace(servers.services[0], name="spark-master", ports=ports)
        with pytest.raises(StackFailed) as told:
            check_ports([service], {})
        check_ports([service], {os.getpid(): psutil.Process()})
    lines = str(told.value).splitlines()
    assert len(lines) == 2
    assert f"Port {ports['SPARK_MASTER_PORT']} of spark-master is taken by" in lines[0]
    assert f"process {os.getpid()}" in lines[0]
    assert "set SPARK_MASTER_UI_PORT to another port" in lines[1]
