"""The life of the embedded server: started by the first, stopped by the last, recovered after any kill."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from elt_pipeline.storage.postgres.embedded_postgres import EmbeddedPostgres
from elt_pipeline.storage.postgres.postgres_binaries import PostgresUnavailable
from elt_pipeline.storage.postgres.postgres_server import has_ended, live_process

ROOT = Path(__file__).resolve().parents[4]
ENTER = """
import sys
from pathlib import Path
import psycopg
from elt_pipeline.storage.postgres.embedded_postgres import EmbeddedPostgres
for _ in range(int(sys.argv[2])):
    with EmbeddedPostgres(Path(sys.argv[1])) as postgres:
        psycopg.connect(postgres.owner_url.get_secret_value()).execute("select 1")
        if sys.argv[3:]:
            print("inside", flush=True)
            sys.stdin.read()
"""


@pytest.fixture(scope="module")
def var_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="booklake-") as folder:
        Path(folder).chmod(0o755)
        with EmbeddedPostgres(Path(folder)) as postgres:
            ask(postgres, "create table kept as select 42 as answer")
        yield Path(folder)


def ask(postgres: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(postgres.owner_url.get_secret_value(), autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        return cursor.fetchone() if cursor.description else None


def other_process(var_dir: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ENTER, str(var_dir), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def server_of(var_dir: Path) -> psutil.Process | None:
    return live_process((var_dir / "postgres").resolve())


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def kill(process: subprocess.Popen[str]) -> None:
    with process:
        process.kill()


def test_the_server_lives_as_long_as_its_users(var_dir: Path) -> None:
    with EmbeddedPostgres(var_dir) as first:
        with EmbeddedPostgres(var_dir) as second:
            assert second.port == first.port
        assert ask(first, "select answer from kept") == (42,)
    assert server_of(var_dir) is None


def test_it_listens_on_the_loopback_only_and_asks_for_a_password(var_dir: Path) -> None:
    with EmbeddedPostgres(var_dir) as postgres:
        process = server_of(var_dir)
        assert process is not None
        addresses = {
            c.laddr for c in process.net_connections("all") if c.status == psutil.CONN_LISTEN or isinstance(c.laddr, str)
        }
        assert addresses == {("127.0.0.1", postgres.port)}
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(f"postgresql://booklake_owner:wrong@127.0.0.1:{postgres.port}/booklake")


def test_processes_come_and_go_at_once_without_an_error_and_leave_no_server(var_dir: Path) -> None:
    processes = [other_process(var_dir, "10") for _ in range(2)]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0]
    assert server_of(var_dir) is None


def test_a_server_that_a_killed_process_left_is_used_on_and_stopped(var_dir: Path) -> None:
    process = other_process(var_dir, "1", "stay")
    assert process.stdout is not None
    assert process.stdout.readline() == "inside\n"
    kill(process)
    left = server_of(var_dir)
    assert left is not None
    with EmbeddedPostgres(var_dir) as postgres:
        assert server_of(var_dir) == left
        assert ask(postgres, "select answer from kept") == (42,)
    assert has_ended(left)


def test_a_killed_server_recovers_by_itself(var_dir: Path) -> None:
    with EmbeddedPostgres(var_dir) as postgres:
        ask(postgres, "create table if not exists committed as select 1 as one")
        process = server_of(var_dir)
        assert process is not None
        process.send_signal(signal.SIGKILL)
        with EmbeddedPostgres(var_dir) as next_one:
            assert ask(next_one, "select one from committed") == (1,)
    assert server_of(var_dir) is None


def test_a_ctrl_c_meant_for_us_does_not_reach_the_server(var_dir: Path) -> None:
    with EmbeddedPostgres(var_dir):
        process = server_of(var_dir)
        assert process is not None
        assert os.getsid(process.pid) == process.pid


def test_a_set_up_killed_half_way_is_done_again() -> None:
    with tempfile.TemporaryDirectory(prefix="booklake-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        process = other_process(Path(folder), "1")
        wait_until(lambda: any(Path(folder).glob("postgres.new.*/PG_VERSION")))
        kill(process)
        assert not (Path(folder) / "postgres").exists()
        with EmbeddedPostgres(Path(folder)) as postgres:
            assert ask(postgres, "select current_database()") == ("booklake",)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_a_folder_that_only_root_can_enter_holds_a_link_to_the_data(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with EmbeddedPostgres(tmp_path) as postgres:
        data = (tmp_path / "postgres").readlink()
        assert ask(postgres, "show data_directory") == (str(data),)
        assert data.is_relative_to("/var/lib/booklake")
        with pytest.raises(PostgresUnavailable, match="in use: end the other booklake commands first"):
            EmbeddedPostgres(tmp_path).remove_data()
    postgres.remove_data()
    assert not data.parent.exists()
    assert not (tmp_path / "postgres").is_symlink()


def test_a_given_port_that_is_taken_names_who_has_it(var_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            PostgresUnavailable, match=rf"Port {port} of 127.0.0.1 is taken by .*, process {os.getpid()}: end that"
        ):
            EmbeddedPostgres(var_dir, port).__enter__()
    with EmbeddedPostgres(var_dir, port) as postgres:
        assert postgres.port == port


def test_a_free_port_is_remembered_and_chosen_anew_once_taken(var_dir: Path) -> None:
    ports = []
    for _ in range(2):
        with EmbeddedPostgres(var_dir) as postgres:
            ports.append(postgres.port)
    assert ports[0] == ports[1] == json.loads((var_dir / "run" / "postgres.json").read_text(encoding="ascii"))["port"]
    with socket.create_server(("127.0.0.1", ports[0])), EmbeddedPostgres(var_dir) as postgres:
        assert postgres.port != ports[0]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PostgresUnavailable, match=r"Cannot write in .*/file/var .* set VAR_DIR to a folder of yours"):
        EmbeddedPostgres(tmp_path / "file" / "var").__enter__()


def test_data_of_another_major_version_name_its_package(var_dir: Path) -> None:
    version = (var_dir / "postgres" / "PG_VERSION").read_text(encoding="ascii")
    (var_dir / "postgres" / "PG_VERSION").write_text("12\n", encoding="ascii")
    with pytest.raises(PostgresUnavailable, match=r"PostgreSQL 12 is not installed: run `apt-get install postgresql-12`"):
        EmbeddedPostgres(var_dir).__enter__()
    (var_dir / "postgres" / "PG_VERSION").write_text(version, encoding="ascii")


def test_passwords_that_are_not_the_databases_are_told_apart_from_a_dead_server(var_dir: Path) -> None:
    kept = (var_dir / "secrets.json").read_text(encoding="utf-8")
    (var_dir / "secrets.json").write_text(kept.replace(json.loads(kept)["owner"], "another"), encoding="utf-8")
    with pytest.raises(PostgresUnavailable, match=r"The password in .*secrets.json is not that of .*postgres: restore the file"):
        EmbeddedPostgres(var_dir).__enter__()
    (var_dir / "secrets.json").write_text(kept, encoding="utf-8")
    assert server_of(var_dir) is None


def test_a_server_that_does_not_start_says_why(var_dir: Path) -> None:
    configuration = var_dir / "postgres" / "postgresql.conf"
    kept = configuration.read_text(encoding="utf-8")
    configuration.write_text("shared_preload_libraries = 'no_such_library'\n", encoding="utf-8")
    with pytest.raises(PostgresUnavailable, match=r"did not start: .*no_such_library.* The whole story is in .*postgres.log"):
        EmbeddedPostgres(var_dir).__enter__()
    configuration.write_text(kept, encoding="utf-8")
    with EmbeddedPostgres(var_dir) as postgres:
        assert ask(postgres, "select answer from kept") == (42,)
