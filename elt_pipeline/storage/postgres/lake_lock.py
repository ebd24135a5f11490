"""The one-writer lock of a lake: a Postgres advisory lock that dies with its holder. What is written does not belong here."""

import hashlib
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg

from elt_pipeline.storage.postgres.warehouse import Connection

GIVE_UP_SECONDS = 600.0

# An advisory lock of one bigint is kept as two halves, told by objsubid from a lock of two integers.
HOLDER = """
select application_name, pid = pg_backend_pid() from pg_locks join pg_stat_activity using (pid)
where locktype = 'advisory' and granted and ((classid::bigint << 32) | objid::bigint) = %s and objsubid = 1
and pg_locks.database = (select oid from pg_database where datname = current_database())
"""


class LakeBusy(Exception):
    """Another process has been writing the lake for too long; the message says which."""


class LakeLockLost(Exception):
    """The lake is no longer held by the process that was writing it; the message says what to do."""


@contextmanager
def lake_lock(
    connect: Callable[[], Connection],
    lake_url: str,
    who: str,
    report: Callable[[str], None],
    give_up_seconds: float = GIVE_UP_SECONDS,
) -> Iterator[Callable[[], None]]:
    """Hold the lake alone, on a connection of its own; a second one waits, reports once for whom, and may give up.

    Raises ``LakeBusy``. ``who`` is the command, as others shall read it. The lock goes when the process ends in whatever way.

    Gives ``still_held()``, to be called before each write: it asks the server and raises ``LakeLockLost`` where the lock is gone.
    """
    key = _key(lake_url)
    with connect() as connection:
        holder = f"booklake {who}, host {socket.gethostname()}, process {os.getpid()}"
        connection.execute("select set_config('application_name', left(%s, 63), false)", (holder,))
        # A holder whose machine vanished is noticed after about a minute.
        connection.execute(
            "select set_config('tcp_keepalives_idle', '30', false), set_config('tcp_keepalives_interval', '10', false)"
        )
        if connection.execute("select pg_try_advisory_lock(%s)", (key,)).fetchone() != (True,):
            _wait(connection, key, report, give_up_seconds)
        yield lambda: _confirm(connection, key)


def _wait(connection: Connection, key: int, report: Callable[[str], None], give_up_seconds: float) -> None:
    holder = _holder(connection, key)
    report(f"Waiting for {holder}, which is writing the lake; giving up after {give_up_seconds:g} s.")
    connection.execute("select set_config('lock_timeout', %s, false)", (f"{max(1, int(give_up_seconds * 1000))}ms",))
    try:
        connection.execute("select pg_advisory_lock(%s)", (key,))
    except psycopg.errors.LockNotAvailable as error:
        raise LakeBusy(
            f"The lake is still being written by {_holder(connection, key)} after {give_up_seconds:g} s. "
            "Wait until that has ended, or end it, and try again."
        ) from error


def _confirm(connection: Connection, key: int) -> None:
    try:
        _, is_ours = connection.execute(HOLDER, (key,)).fetchone() or ("", False)
    except psycopg.Error as error:
        raise LakeLockLost(_lost("the connection to the warehouse that held it has ended")) from error
    if not is_ours:
        raise LakeLockLost(_lost("the warehouse has released it"))


def _lost(reason: str) -> str:
    return f"The lock on the lake is lost: {reason}. Others may write the lake now, so this run stops: run the refresh again."


def _holder(connection: Connection, key: int) -> str:
    found = connection.execute(HOLDER, (key,)).fetchone()
    return str(found[0]) if found else "a process that has just ended"


def _key(lake_url: str) -> int:
    digest = hashlib.sha256(_place(lake_url).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _place(lake_url: str) -> str:
    """One spelling for all the spellings of a place."""
    url = urlsplit(lake_url)
    if url.scheme == "file":
        return str(Path(unquote(url.path)).resolve())
    if "://" not in lake_url:
        return str(Path(lake_url).resolve())
    scheme = "s3" if url.scheme in ("s3a", "s3n") else url.scheme
    return url._replace(scheme=scheme, path=url.path.rstrip("/")).geturl()
