"""Connections to the database that holds the catalogue; where the URL comes from is the caller's affair."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

import psycopg
from psycopg import Connection

from catalogue.asking import CatalogueUnavailable

CONNECT_SECONDS = 5


def connect(url: str) -> Connection:
    """Open a connection for the questions of this package. Raises ``CatalogueUnavailable``.

    Autocommit: a transaction left open would hold up the publication. Nothing is prepared: a plan kept from before a publication
    fails where the new function answers with other columns.
    """
    try:
        return psycopg.connect(url, autocommit=True, prepare_threshold=None, connect_timeout=CONNECT_SECONDS)
    except psycopg.Error as error:
        raise CatalogueUnavailable.because_of(error) from error


class ConnectionPool:
    """Connections to one database, opened when needed, kept, and lent to one asker at a time."""

    def __init__(self, url: str, size: int = 4) -> None:
        self._url = url
        self._free = BoundedSemaphore(size)
        self._idle: deque[Connection] = deque()

    @contextmanager
    def lend(self) -> Iterator[Connection]:
        """Lend a connection that answers; waits while all are lent. Raises ``CatalogueUnavailable``."""
        with self._free:
            connection = self._awake() or connect(self._url)
            try:
                yield connection
            finally:
                if not connection.closed:
                    self._idle.append(connection)

    def close(self) -> None:
        """Close the connections that are not lent."""
        while self._idle:
            self._idle.pop().close()

    def _awake(self) -> Connection | None:
        """The kept connection used last that still answers; those that a restart of the server cut are dropped."""
        while self._idle:
            connection = self._idle.pop()
            try:
                connection.execute("")
            except psycopg.Error:
                connection.close()
            else:
                return connection
        return None
