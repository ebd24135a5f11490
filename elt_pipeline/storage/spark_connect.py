"""How a Spark Connect server is reached, how long it is waited for, and when it counts as gone. Sessions belong to engine."""

import socket
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlparse

if TYPE_CHECKING:
    from pyspark.sql.connect.client import DefaultChannelBuilder

CONNECT_SECONDS = 3
# A server that is starting takes the connection seconds before it answers.
READY_SECONDS = 8
# Waits of 0.1, 0.2, 0.4, 0.8 and 0.8 s: a short break passes, a server that is gone is told soon. Spark's own take 10 minutes.
RETRIES, FIRST_WAIT_MS, LONGEST_WAIT_MS = 5, 100, 800
CHANNEL_OPTIONS = [
    # A machine that vanishes sends nothing. Java's servers hang up on clients that ask more often than each 5 minutes.
    ("grpc.keepalive_time_ms", 330_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    # How long one attempt to connect again may take; by default 20 s.
    ("grpc.min_reconnect_backoff_ms", 3_000),
]
# What a server says of a session that it does not know: another server, or the same one started anew. The last is Sail's of a
# session that nobody has used for minutes.
SESSION_LOST = ("INVALID_HANDLE.", "[NO_ACTIVE_SESSION]", "is not running")
WHAT_TO_DO = "start it (make up), or check SPARK_REMOTE"


class SparkUnavailable(Exception):
    """Spark cannot be reached, or is gone in the middle of something; the message names it and what to do."""


def address_of(remote: str) -> str:
    """Return host and port without anything secret. Raises ``SparkUnavailable`` where the text is no address of Spark Connect."""
    try:
        found = urlparse(remote)
        host, port = found.hostname, found.port or 15002
    except ValueError:
        host = None
    if host is None or found.scheme != "sc":
        raise SparkUnavailable("SPARK_REMOTE is no address of Spark Connect: write it like sc://127.0.0.1:15002.")
    return f"{host}:{port}"


def reach(remote: str, ready_seconds: float = READY_SECONDS) -> "DefaultChannelBuilder":
    """Return how channels to the server are made, once one has been ready. Raises ``SparkUnavailable``, within 12 s."""
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        # Spark's dependency check takes a main module without a file for a doctest and exits; any module that can be run will do.
        main.__file__ = __file__
    # Spark's client takes seconds to import, which commands that do not need it should not pay.
    import grpc  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.sql.connect.client import DefaultChannelBuilder  # noqa: PLC0415

    address = address_of(remote)
    try:
        builder = DefaultChannelBuilder(remote, CHANNEL_OPTIONS)
    except PySparkException as error:
        raise SparkUnavailable(f"SPARK_REMOTE cannot be read, at {address}: write it like sc://127.0.0.1:15002.") from error
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), CONNECT_SECONDS).close()
    except OSError as error:
        raise SparkUnavailable(f"Spark at {address} does not answer ({_reason(error)}): {WHAT_TO_DO}.") from error
    channel = builder.toChannel()
    try:
        grpc.channel_ready_future(channel).result(ready_seconds)
    except grpc.FutureTimeoutError as error:
        raise SparkUnavailable(
            f"What listens at {address} does not answer as Spark Connect does: {WHAT_TO_DO}, or wait until it has started."
        ) from error
    finally:
        channel.close()
    return builder


def means_gone(error: BaseException) -> bool:
    """Return whether the error says that the server, or this process' session on it, is no longer there."""
    import grpc  # noqa: PLC0415 - the same seconds.
    from pyspark.errors import PySparkException  # noqa: PLC0415
    from pyspark.errors.exceptions.connect import SparkConnectGrpcException  # noqa: PLC0415

    if any(lost in str(error) for lost in SESSION_LOST):
        return isinstance(error, PySparkException)
    if isinstance(error, grpc.RpcError):
        code = error.code() if isinstance(error, grpc.Call) else None
    else:
        code = error.getGrpcStatusCode() if isinstance(error, SparkConnectGrpcException) else None
    return bool(code == grpc.StatusCode.UNAVAILABLE)


def _reason(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "no machine of that name is known"
    if isinstance(error, TimeoutError):
        return f"no connection within {CONNECT_SECONDS} s"
    return (error.strerror or str(error)).lower()
