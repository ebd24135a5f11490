"""MariaDB and a plain Postgres as private servers on free ports, for tests that need a real one. No data of the domain here."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import psycopg
import pymysql
from psycopg import sql

from elt_pipeline.storage.postgres.postgres_binaries import ENVIRONMENT, find_binaries, installed_folders, system_user
from elt_pipeline.storage.postgres.postgres_server import free_port

Server = TypeVar("Server", "MariaDB", "Postgres")
START_SECONDS = 60
ROOT_PASSWORD = "root's own"  # noqa: S105 -- of servers that live as long as a test


@dataclass
class PrivateServer:
    """A server process over a data folder of its own: started, stopped, killed and started again on the same port."""

    command: list[str]
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command, f"--port={self.port}"], cwd="/", env=ENVIRONMENT, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            assert self.process.poll() is None, (self.folder / "server.log").read_text(errors="replace")[-2000:]
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop the server, or kill it."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(START_SECONDS)
            self.process = None

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class MariaDB(PrivateServer):
    """MariaDB, which stands in for MySQL. Its root has no password."""

    def url(self, user: str, password: str, database: str = "books") -> str:
        return f"mysql://{quote(user, safe='')}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"

    def answers(self) -> bool:
        try:
            self.connect().close()
        except pymysql.OperationalError:
            return False
        return True

    def connect(self) -> "pymysql.Connection[Any]":
        return pymysql.connect(host="127.0.0.1", port=self.port, user="root", charset="utf8mb4", autocommit=True)

    def execute(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements as root; return the rows of the last."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall())

    def create_user(self, user: str, password: str, rights: str, database: str = "books") -> str:
        """Make the database where it is not there, and a user with these rights on it; return the user's URL."""
        name = f"'{user}'@'127.0.0.1'"
        secret = password.replace("\\", "\\\\").replace("'", "''")
        self.execute(
            f"create database if not exists {database} character set utf8mb4",
            f"create or replace user {name} identified by '{secret}'",
            f"grant {rights} on {database}.* to {name}",
        )
        return self.url(user, password, database)


class Postgres(PrivateServer):
    """A Postgres over TCP with scram passwords, whose superuser is ``postgres``."""

    def url(self, user: str = "postgres", password: str = ROOT_PASSWORD, database: str = "postgres") -> str:
        return f"postgresql://{quote(user, safe='')}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def execute(self, *statements: str | sql.Composed, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements as the superuser; return the rows of the last."""
        with psycopg.connect(self.url(database=database), autocommit=True) as connection:
            for statement in statements:
                found = connection.execute(statement.encode() if isinstance(statement, str) else statement)
            return found.fetchall() if found.description else []

    def create_database(self, name: str, owner: str, password: str, rights: str = "createrole") -> str:
        """Make a database and its owner, no superuser; return the owner's URL."""
        role = sql.Identifier(owner)
        self.execute(
            sql.SQL("create role {} login {} password {}").format(role, sql.SQL(rights), sql.Literal(password)),
            sql.SQL("create database {} owner {}").format(sql.Identifier(name), role),
        )
        return self.url(owner, password, name)


@contextmanager
def mariadb(settings: Sequence[str] = (), below: Path | None = None) -> Iterator[MariaDB]:
    """Give a running MariaDB that holds nothing, below a folder or the system's; afterwards no process and no file is left."""
    user = "nobody" if os.geteuid() == 0 else getpass.getuser()
    with _open_folder(below) as folder:
        data = folder / "data"
        for made in (data, folder / "tmp"):
            made.mkdir()
            shutil.chown(made, user)
        install = ["mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(
            [*install, f"--user={user}", f"--datadir={data}"], check=True, capture_output=True, cwd="/", env=ENVIRONMENT
        )
        own = [f"--user={user}", f"--datadir={data}", f"--tmpdir={folder / 'tmp'}", f"--socket={folder / 'tmp' / 'socket'}"]
        small = ["--bind-address=127.0.0.1", "--innodb-buffer-pool-size=64M", "--skip-log-bin"]
        yield from _running(MariaDB(["/usr/sbin/mariadbd", "--no-defaults", *own, *small, *settings], folder))


@contextmanager
def postgres(settings: Sequence[str] = (), below: Path | None = None) -> Iterator[Postgres]:
    """Give a running Postgres with its superuser alone, below a folder or the system's; afterwards nothing of it is left."""
    binaries = find_binaries(installed_folders(), user=system_user())
    with _open_folder(below) as folder:
        data, password = folder / "data", folder / "password"
        password.write_text(ROOT_PASSWORD, encoding="utf-8")
        data.mkdir(mode=0o700)
        if binaries.user is not None:
            shutil.chown(data, binaries.user)
        flags = ("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", f"--pwfile={password}")
        initdb = binaries.command("initdb", "-D", str(data), "--no-sync", *flags)
        subprocess.run(initdb, check=True, capture_output=True, cwd="/", env=ENVIRONMENT)
        own = [
            "-D",
            str(data),
            "--listen_addresses=127.0.0.1",
            "--unix_socket_directories=",
            "--shared_buffers=64MB",
            "--fsync=off",
        ]
        yield from _running(Postgres(binaries.command("postgres", *own, *settings), folder))


def _running(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.end(signal.SIGQUIT if isinstance(server, Postgres) else signal.SIGTERM)


@contextmanager
def _open_folder(below: Path | None) -> Iterator[Path]:
    """Give a folder that the servers' users can enter too."""
    with tempfile.TemporaryDirectory(prefix="booklake-server-", dir=below, ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)
