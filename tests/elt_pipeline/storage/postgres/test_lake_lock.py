"""One writer at a time: the second waits for a named first, gives up in the end, and a killed holder lets go."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from elt_pipeline.storage.postgres.lake_lock import LakeBusy, LakeLockLost, lake_lock
from elt_pipeline.storage.postgres.warehouse import Connection, Warehouse

ROOT = Path(__file__).resolve().parents[4]
HOLD = """
import sys
import psycopg
from elt_pipeline.storage.postgres.lake_lock import lake_lock
with lake_lock(lambda: psycopg.connect(sys.argv[1], autocommit=True), "file:///lake", "refresh", print):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_hears_for_whom_it_waits_and_gives_up(warehouse: Warehouse) -> None:
    def connect() -> Connection:
        return warehouse.connect("loader")

    told: list[str] = []
    with lake_lock(connect, "file:///lake", "refresh", told.append):
        assert told == []
        with pytest.raises(LakeBusy, match=rf"booklake refresh, host .*, process {os.getpid()} after 0.2 s"):
            lake_lock(connect, "file:///lake/", "load", told.append, give_up_seconds=0.2).__enter__()
        with lake_lock(connect, "file:///other", "load", told.append):
            pass
    assert [line.partition(",")[0] for line in told] == ["Waiting for booklake refresh"]


def test_the_second_writer_goes_on_when_the_first_is_done(warehouse: Warehouse) -> None:
    told, waiting, order = [], threading.Event(), []

    def second() -> None:
        def report(line: str) -> None:
            told.append(line)
            waiting.set()

        with lake_lock(lambda: warehouse.connect("loader"), "file:///lake", "load", report):
            order.append("second")

    thread = threading.Thread(target=second)
    with lake_lock(lambda: warehouse.connect("loader"), "file:///lake", "refresh", told.append):
        thread.start()
        assert waiting.wait(timeout=20)
        order.append("first")
    thread.join(timeout=20)
    assert order == ["first", "second"]


def test_a_killed_holder_lets_go(warehouse: Warehouse) -> None:
    command = [sys.executable, "-c", HOLD, warehouse.url_for("loader").get_secret_value()]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
        with lake_lock(lambda: warehouse.connect("loader"), "file:///lake", "load", print, give_up_seconds=20):
            assert holder.wait() == -9


def test_spellings_of_one_place_are_one_lock(warehouse: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "a lake").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "a lake")
    local = [f"{tmp_path}/a lake", f"{tmp_path}/a lake/", f"{tmp_path}/linked", f"{tmp_path}/x/../linked"]
    spellings = [["s3://b/x", "s3a://b/x/", "s3://b/x/"], [*local, f"file://{tmp_path}/a%20lake/"]]
    for first, *others in spellings:
        with lake_lock(lambda: warehouse.connect("loader"), first, "refresh", print):
            for other in others:
                with pytest.raises(LakeBusy):
                    lake_lock(lambda: warehouse.connect("loader"), other, "load", print, give_up_seconds=0.01).__enter__()
    told: list[str] = []
    with (
        lake_lock(lambda: warehouse.connect("loader"), "s3://b/x", "refresh", told.append),
        lake_lock(lambda: warehouse.connect("loader"), "s3://b/X", "refresh", told.append),
        lake_lock(lambda: warehouse.connect("loader"), "/b/x", "refresh", told.append),
    ):
        assert told == []


def end_the_session(warehouse: Warehouse, holder: Connection) -> None:
    with warehouse.connect("owner") as owner:
        ended = owner.execute("select pg_terminate_backend(%s, 20000)", (holder.info.backend_pid,)).fetchone()
        assert ended == (True,)


def release_the_lock(_warehouse: Warehouse, holder: Connection) -> None:
    holder.execute("select pg_advisory_unlock_all()")


@pytest.mark.parametrize(
    ("lose", "reason"),
    [
        (end_the_session, r"is lost: the connection to the warehouse .* has ended\. .* run the refresh again\."),
        (release_the_lock, r"is lost: the warehouse has released it\. .* run the refresh again\."),
    ],
)
def test_a_lost_lock_is_noticed_even_when_another_has_it_now(
    warehouse: Warehouse, lose: Callable[[Warehouse, Connection], None], reason: str
) -> None:
    holder = warehouse.connect("loader")
    with lake_lock(lambda: holder, "file:///lost", "refresh", print) as still_held:
        still_held()
        lose(warehouse, holder)
        with lake_lock(lambda: warehouse.connect("loader"), "file:///lost", "load", print, give_up_seconds=20) as other_held:
            other_held()
            with pytest.raises(LakeLockLost, match=reason):
                still_held()
