"""The one place that opens Spark: Sail inside this process, or a Spark Connect server by its URL."""

import atexit
import signal
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

from elt_pipeline.storage.spark_connect import (
    FIRST_WAIT_MS,
    LONGEST_WAIT_MS,
    RETRIES,
    WHAT_TO_DO,
    SparkUnavailable,
    address_of,
    means_gone,
    reach,
)

if TYPE_CHECKING:
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession as AnySession
    from pyspark.sql.connect.session import SparkSession

# Held for the life of the process: once collected, Sail stops while its sessions wait for it.
_running: list["SparkConnectServer"] = []
# By SPARK_REMOTE. Spark's own `getOrCreate` knows one session for all servers, and gives out a dead one.
_sessions: dict[str | None, "SparkSession"] = {}

SESSION_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",  # Times are the same wherever a run happens.
}


def open_spark(remote: str | None) -> "AnySession":
    """Return this process' Spark session: on the Connect server at ``remote``, or on Sail where that is None.

    A session that no longer answers is replaced: a process may live longer than the server. Raises ``SparkUnavailable``.
    """
    known = _sessions.get(remote)
    if known is not None:
        try:
            return _set_up(known)
        except Exception as error:
            if not means_gone(error):
                raise
            close_spark(remote)
    with telling_if_gone(remote):
        return _open(remote)


def close_spark(remote: str | None) -> None:
    """Close this process' session, where it has one, without asking the server, which need not be there."""
    session = _sessions.pop(remote, None)
    if session is not None:
        session.release_session_on_close = False
        session.stop()
    if remote is None:
        _running.clear()


@contextmanager
def telling_if_gone(remote: str | None) -> Iterator[None]:
    """Raise ``SparkUnavailable`` where the block fails since the engine is gone; whatever uses Spark next opens it anew."""
    try:
        yield
    except Exception as error:
        if remote not in _sessions or not means_gone(error):
            raise
        close_spark(remote)
        raise SparkUnavailable(f"{_gone(remote)}, and run it again: it goes on from where it was.") from error
    except BaseException:
        # Ctrl-C. What the server still does for this process would be written when another has the lake.
        if remote is not None and remote in _sessions:
            with suppress(Exception):
                _sessions[remote].interruptAll()
        raise


def engine_name(remote: str | None) -> str:
    """What a person calls the engine: ``Sail in this process``, or the server's address without anything secret."""
    return "Sail in this process" if remote is None else f"Spark at {address_of(remote)}"


def _open(remote: str | None) -> "AnySession":
    channels = reach(remote or _sail_url())
    # Opening Spark takes seconds that commands which never touch the lake should not pay.
    from pyspark.sql.connect.client.retries import DefaultPolicy  # noqa: PLC0415
    from pyspark.sql.connect.session import SparkSession  # noqa: PLC0415

    # Our own message says it.
    warnings.filterwarnings("ignore", message=r"\[RETRIES_EXCEEDED\]")
    session = SparkSession.builder.channelBuilder(channels).create()
    session.client.set_retry_policies([DefaultPolicy(RETRIES, 2.0, FIRST_WAIT_MS, LONGEST_WAIT_MS)])
    # At its exit the client asks the server once more, which may be gone by then; ours comes first and closes it.
    atexit.register(close_spark, remote)
    _sessions[remote] = session
    _set_up(session)
    if remote is None:
        _take_back_ctrl_c()
    return cast("AnySession", session)


def _set_up(session: "SparkSession") -> "AnySession":
    # What Spark's client does without being given a session, it does on the active one, and nothing public chooses that.
    session._active_session.session = session
    for name, value in SESSION_SETTINGS.items():
        session.conf.set(name, value)
    return cast("AnySession", session)


def _gone(remote: str | None) -> str:
    if remote is None:
        return "The engine inside this process has ended: see whether the memory sufficed"
    return f"Spark at {address_of(remote)} no longer answers: {WHAT_TO_DO}"


def _sail_url() -> str:
    from pysail.spark import SparkConnectServer  # noqa: PLC0415 - the same seconds.

    if not _running:
        server = SparkConnectServer("127.0.0.1", 0)
        server.start()
        _running.append(server)
    _, port = _running[0].listening_address
    return f"sc://127.0.0.1:{port}"


def _take_back_ctrl_c() -> None:
    """Have this process alone answer Ctrl-C: Sail, which listens too, would end at once, before a step can end in order."""
    standing = signal.getsignal(signal.SIGINT)
    if standing is not None and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, standing)
