"""A private Postgres under ``var/`` that lives while a process uses it. What is kept in it belongs to warehouse."""

import fcntl
import json
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

from elt_pipeline.storage.postgres import postgres_data, postgres_server
from elt_pipeline.storage.postgres.postgres_binaries import (
    PostgresBinaries,
    PostgresUnavailable,
    find_binaries,
    installed_folders,
    system_user,
)
from elt_pipeline.storage.secrets import warehouse_passwords

START_SECONDS = 60
TRANSITION_SECONDS = 180
START_ATTEMPTS = 20
# What may pass by itself: another process was quicker at the free port; the children of a killed server still leave.
PASSING_COMPLAINTS = ("Address already in use", "could not create any TCP/IP sockets", "pre-existing shared memory block")


class EmbeddedPostgres:
    """The server of a ``var`` folder, as a context: the first process to enter starts it, the last to leave stops it.

    A server that a killed process left is used on; a dead one is started again and recovers by itself. Inside the context
    ``port`` is the running server's own: the given one, else a free one that is remembered. Raises ``PostgresUnavailable``.
    """

    def __init__(self, var_dir: Path, port: int | None = None) -> None:
        self.var_dir = var_dir.resolve()
        self.port = port or 0
        self._given_port = port
        self._run, self.log = self.var_dir / "run", self.var_dir / "logs" / "postgres.log"
        self._in_use = ExitStack()

    @property
    def owner_url(self) -> SecretStr:
        """The URL of the owner, who may do everything."""
        return self.server_url(postgres_data.OWNER, warehouse_passwords(self.var_dir)["owner"])

    def server_url(self, role: str, password: SecretStr) -> SecretStr:
        """The URL of the database for one of the server's roles."""
        secret = quote(password.get_secret_value(), safe="")
        return SecretStr(f"postgresql://{quote(role, safe='')}:{secret}@127.0.0.1:{self.port}/{postgres_data.DATABASE}")

    def __enter__(self) -> Self:
        self._make_folders()
        with ExitStack() as undo, self._transition():
            users = undo.enter_context((self._run / "postgres.users").open("w"))
            fcntl.flock(users, fcntl.LOCK_SH)
            self._find_data()
            self.port = self._port_of_live_server() or self._start()
            undo.callback(self._stop_if_last, users.fileno())
            self._in_use = undo.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._transition():
            self._in_use.close()

    def remove_data(self) -> None:
        """Stop the server and remove the database for good. Raises ``PostgresUnavailable`` where another process uses it."""
        self._make_folders()
        with self._transition(), (self._run / "postgres.users").open("w") as users:
            if not _has_locked(users.fileno()):
                raise PostgresUnavailable("The embedded Postgres is in use: end the other booklake commands first.")
            self._find_data()
            self._stop_if_last(users.fileno())
            postgres_data.remove(self.var_dir, self._data)

    def _find_data(self) -> None:
        self._user = postgres_data.data_user(self.var_dir, system_user())
        self._data = postgres_data.data_folder(self.var_dir, self._user)

    def _make_folders(self) -> None:
        try:
            for folder in (self._run, self.log.parent):
                folder.mkdir(parents=True, exist_ok=True)
            for file in (self._run / "postgres.lock", self._run / "postgres.users", self.log):
                file.open("a").close()
        except OSError as error:
            raise PostgresUnavailable(
                f"Cannot write in {self.var_dir} ({error.strerror}: {error.filename}): "
                "give yourself write permission there, or set VAR_DIR to a folder of yours."
            ) from error

    @contextmanager
    def _transition(self) -> Iterator[None]:
        """Hold the mutex of starting and stopping; a holder that dies lets it go."""
        deadline = time.monotonic() + TRANSITION_SECONDS
        with (self._run / "postgres.lock").open("w") as mutex:
            while not _has_locked(mutex.fileno()):
                if time.monotonic() > deadline:
                    raise PostgresUnavailable(f"Another process is stuck in starting or stopping Postgres: see {self.log}.")
                time.sleep(postgres_server.PAUSE_SECONDS)
            yield

    def _stop_if_last(self, users: int) -> None:
        process = postgres_server.live_process(self._data)
        if _has_locked(users) and process is not None:
            postgres_server.stop(process)

    def _port_of_live_server(self) -> int | None:
        process = postgres_server.live_process(self._data)
        if process is None:
            return None
        if not postgres_data.is_set_up(self.var_dir, self._data):
            postgres_server.stop(process)
            return None
        return self._port_when_answering(process)

    def _start(self) -> int:
        binaries = self._binaries()
        if not postgres_data.is_set_up(self.var_dir, self._data):
            postgres_data.set_up(binaries, self.var_dir, self._data, warehouse_passwords(self.var_dir)["owner"])
        for _ in range(START_ATTEMPTS):
            process = postgres_server.launch(binaries, self._data, self._chosen_port(), self.log)
            try:
                port = self._port_when_answering(process)
            except BaseException:
                postgres_server.stop(process)
                raise
            complaint = postgres_server.last_complaint(self.log)
            if port is not None:
                (self._run / "postgres.json").write_text(json.dumps({"port": port}), encoding="ascii")
                return port
            if not any(passing in complaint for passing in PASSING_COMPLAINTS):
                break
            time.sleep(postgres_server.PAUSE_SECONDS)
        raise PostgresUnavailable(f"The embedded Postgres did not start: {complaint}. The whole story is in {self.log}.")

    def _binaries(self) -> PostgresBinaries:
        if not postgres_data.is_set_up(self.var_dir, self._data):
            return find_binaries(installed_folders(), user=self._user)
        postgres_data.check_owner(self._data)
        return find_binaries(installed_folders(), postgres_data.major_version(self._data), self._user)

    def _chosen_port(self) -> int:
        if self._given_port is not None:
            if not postgres_server.is_free(self._given_port):
                raise PostgresUnavailable(
                    f"Port {self._given_port} of 127.0.0.1 is taken by {postgres_server.listener(self._given_port)}: "
                    "end that, or choose another port."
                )
            return self._given_port
        remembered = _remembered_port(self._run / "postgres.json")
        return remembered if remembered and postgres_server.is_free(remembered) else postgres_server.free_port()

    def _port_when_answering(self, process: psutil.Process) -> int | None:
        """The server's port as soon as it answers; None where it ends instead."""
        deadline = time.monotonic() + START_SECONDS
        while not postgres_server.has_ended(process):
            self.port = postgres_server.recorded_port(self._data, process) or 0
            if self.port and self._answers():
                return self.port
            if time.monotonic() > deadline:
                raise PostgresUnavailable(f"The embedded Postgres does not answer within {START_SECONDS} s: see {self.log}.")
            time.sleep(postgres_server.PAUSE_SECONDS)
        return None

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.owner_url.get_secret_value(), connect_timeout=3).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise PostgresUnavailable(
                    f"The password in {self.var_dir / 'secrets.json'} is not that of {self.var_dir / 'postgres'}: "
                    "restore the file, or remove the database; the next run makes it anew."
                ) from error
            return False
        return True


def _has_locked(file_descriptor: int) -> bool:
    try:
        fcntl.flock(file_descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remembered_port(file: Path) -> int | None:
    try:
        port = json.loads(file.read_text(encoding="ascii"))["port"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return port if isinstance(port, int) else None
