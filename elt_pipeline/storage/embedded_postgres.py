"""A private Postgres under ``var/`` that lives while a process uses it. What is kept in it belongs to warehouse."""

import fcntl
import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psutil
import psycopg
from pydantic import SecretStr

from elt_pipeline.storage import postgres_data
from elt_pipeline.storage.postgres_binaries import (
    ENVIRONMENT,
    PostgresBinaries,
    PostgresUnavailable,
    find_binaries,
    installed_folders,
    system_user,
)
from elt_pipeline.storage.secrets import warehouse_passwords

START_SECONDS = 60
STOP_SECONDS = 30
PAUSE_SECONDS = 0.05
START_ATTEMPTS = 20
# What may pass by itself: another process took the free port first; the children of a killed server still leave.
PASSING_FAILURES = ("Address already in use", "pre-existing shared memory block is still in use")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    # No replica reads the log, so COPY into a table of the same transaction need not write it.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "synchronous_commit": "on",
    "fsync": "on",
    # A killed client's statement ends within a second and lets its locks go.
    "client_connection_check_interval": "1s",
    # WarehouseUnavailable reads these messages.
    "lc_messages": "C",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class EmbeddedPostgres:
    """The server of a ``var`` folder, as a context: the first process to enter starts it, the last to leave stops it.

    A server that a killed process left is used on, a dead one is started again and recovers by itself. ``port`` is known inside the
    context: the running server's own, else the given one, else a free one that is remembered. Raises ``PostgresUnavailable``.
    """

    def __init__(self, var_dir: Path, port: int | None = None) -> None:
        self.var_dir = var_dir.resolve()
        self.port = port or 0
        self._given_port = port
        self._holding = ExitStack()

    @property
    def owner_url(self) -> SecretStr:
        """The URL of the owner, who may do everything."""
        return self.server_url(postgres_data.OWNER, warehouse_passwords(self.var_dir)["owner"])

    def server_url(self, role: str, password: SecretStr) -> SecretStr:
        """The URL of the database for a role of the server."""
        secret = quote(password.get_secret_value(), safe="")
        return SecretStr(f"postgresql://{quote(role, safe='')}:{secret}@127.0.0.1:{self.port}/{postgres_data.DATABASE}")

    def __enter__(self) -> Self:
        run, logs = self.var_dir / "run", self.var_dir / "logs"
        try:
            for folder in (run, logs):
                folder.mkdir(parents=True, exist_ok=True)
            with ExitStack() as stack, self._transition():
                users = stack.enter_context((run / "postgres.users").open("w"))
                fcntl.flock(users, fcntl.LOCK_SH)
                self.port = self._live_port() or self._start()
                stack.callback(self._leave, users.fileno())
                self._holding = stack.pop_all()
        except OSError as error:
            raise PostgresUnavailable(
                f"Cannot write in {self.var_dir}: {error.strerror or error} ({error.filename}). "
                "Give yourself write permission there, or set VAR_DIR to a folder of yours."
            ) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._holding.close()

    def remove_data(self) -> None:
        """Remove the database for good, where nobody uses it; raises ``PostgresUnavailable`` where somebody does."""
        with self:
            data = self._data
            self._holding.pop_all()  # ... 

    @contextmanager
    def _transition(self) -> Iterator[None]:
        """Hold the mutex of starting and stopping; a holder that dies lets it go."""
        deadline = time.monotonic() + 2 * (START_SECONDS + STOP_SECONDS)
        with (self.var_dir / "run" / "postgres.lock").open("w") as mutex:
            while not _locks(mutex.fileno()):
                if time.monotonic() > deadline:
                    raise PostgresUnavailable(f"Another process has been starting or stopping Postgres for minutes: see {self._log}.")
                time.sleep(PAUSE_SECONDS)
            yield
