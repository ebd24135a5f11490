"""The whole stack of `make up` on free ports below a temporary folder, small, for tests marked stack. No data of the domain."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pymysql
from minio import Minio

from elt_pipeline.settings import ROOT, Settings, exported_variables, read_settings
from elt_pipeline.storage.postgres.postgres_server import is_free
from stack import processes
from stack.servers import Stack
from stack.settings import StackSettings

SMALL = {
    "SPARK_WORKER_CORES": "1",
    "SPARK_WORKER_MEMORY": "1g",
    "SPARK_EXECUTOR_MEMORY": "1g",
    "SPARK_DRIVER_MEMORY": "1g",
}
# Computed outside of Spark, by numpy: near to each other is all that is promised, and a test holds it to that.
NEAR = {"gold.similar_works"}
# More than the longest start on a machine that does much else.
COMMAND_SECONDS = 900


@dataclass(frozen=True)
class RealStack:
    """A stack of the tests' own: its folder (VAR_DIR is ``var`` in it) and its file of settings."""

    folder: Path

    @property
    def env_file(self) -> Path:
        return self.folder / "env"

    @cached_property
    def environment(self) -> dict[str, str]:
        """The environment of a person who has exported nothing of ours."""
        ours = {name.upper() for name in Settings.model_fields | StackSettings.model_fields}
        return {name: value for name, value in exported_variables().items() if name not in ours}

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m stack …` as `make up`, `make down` do."""
        return self._run([sys.executable, "-m", "stack", f"--env-file={self.env_file}", *arguments])

    def booklake(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `booklake` on the stack's servers."""
        return self._run(self._booklake(*arguments))

    def refreshing(self) -> subprocess.Popen[str]:
        """Start `booklake refresh` and leave it running."""
        return subprocess.Popen(
            self._booklake("refresh"), cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def hashes(self) -> dict[str, str]:
        """The content hash of each table of the lake.

        Asked of a process of its own: Polars keeps the keys of the first S3 server that a process has read from.
        """
        return content_hashes(self.booklake("status", "--hashes", "--json"))

    @property
    def embedded(self) -> Path:
        """The folder of the same machine's Booklake without servers: SQLite, a folder, Sail."""
        return self.folder / "embedded"

    def hashes_on_sail(self, dataset: Path) -> dict[str, str]:
        """Load and refresh the dataset without servers; return the content hash of each table."""
        told = self.environment | {"VAR_DIR": str(self.embedded)}
        for arguments in (["load", str(dataset), "--replace"], ["refresh", "--accept", "gold"], ["status", "--hashes", "--json"]):
            done = ended_well(self._run([sys.executable, "-m", "elt_pipeline", "--env-file=", *arguments], told))
        return content_hashes(done)

    def up(self) -> str:
        """Bring the servers up, as few as do not run; return what was said."""
        return ended_well(self.command("up")).stdout

    @contextmanager
    def settings(self) -> Iterator[Stack]:
        """Give the servers and the settings of the file; its variables are exported meanwhile, as drivers want them."""
        before = exported_variables()
        try:
            settings = read_settings(self.env_file)
            yield Stack(StackSettings(), settings)
        finally:
            os.environ.clear()  # noqa: TID251 -- as it was
            os.environ.update(before)  # noqa: TID251

    def set(self, name: str, value: str) -> None:
        """Change a line of the file of settings."""
        lines = [line for line in self.env_file.read_text().splitlines() if not line.startswith(f"{name}=")]
        # Before what is made of it by its name.
        self.env_file.write_text("\n".join([f"{name}={value}", *lines]) + "\n")

    def pid(self, service: str) -> int:
        """The process id of a server, as its start script wrote it."""
        return int((self.folder / "var" / "stack" / "run" / f"{service}.pid").read_text())

    def _booklake(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "elt_pipeline", f"--env-file={self.env_file}", *arguments]

    def _run(self, command: list[str], environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        told = environment or self.environment
        return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=COMMAND_SECONDS)


def content_hashes(status: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The content hash of each table that `booklake status --hashes --json` tells of."""
    return {table["table"]: table["content_hash"] for table in json.loads(ended_well(status).stdout)}


def differing(some: Mapping[str, str], others: Mapping[str, str]) -> set[str]:
    """The tables that only one has, or whose content hashes differ."""
    return {table for table in some.keys() | others.keys() if some.get(table) != others.get(table)}


def ended_well(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """The command, which must have ended with 0; what it said is shown where it did not."""
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@contextmanager
def running_stack(**changed: str) -> Iterator[RealStack]:
    """Bring a stack up in a new folder, with the changed settings, and take it down; nothing of it may be left."""
    # Not pytest's own folder: it is closed to the user that root's databases run as.
    folder = Path(tempfile.mkdtemp(prefix="booklake-stack-"))
    folder.chmod(0o755)
    stack = RealStack(folder)
    write_env(stack, SMALL | changed)
    try:
        stack.up()
        yield stack
    finally:
        take_down(stack)


def write_env(stack: RealStack, changed: dict[str, str]) -> None:
    """Write the file of settings as `make env` does, with free ports and the tests' sizes."""
    subprocess.run([str(ROOT / "scripts" / "make_env.sh"), str(stack.env_file)], check=True, capture_output=True)
    names = [name.upper() for name in Settings.model_fields | StackSettings.model_fields if name.endswith("_port")]
    for name, port in zip(names, free_ports(len(names)), strict=True):
        stack.set(name, str(port))
    for name, value in ({"VAR_DIR": str(stack.folder / "var")} | changed).items():
        stack.set(name, value)


def take_down(stack: RealStack) -> None:
    """End the servers and remove what they kept. Asserts that no process, port or file is left."""
    with stack.settings() as servers:
        down = stack.command("down")
        beside = [link.readlink() for link in servers.places.data.glob("*") if link.is_symlink()]
        removed = stack.command("remove", "--yes")
        left = processes.members(servers.places, servers.names)
        taken = {port for service in servers.services for port in service.ports.values() if not is_free(port)}
        outside = [data for data in beside if data.parent.exists()]
    for process in left.values():
        process.kill()
    below = [process.cmdline() for process in psutil.process_iter(["pid"]) if is_below(process, stack.folder)]
    shutil.rmtree(stack.folder)
    ended_well(down)
    ended_well(removed)
    assert (left, taken, outside, below) == ({}, set(), [], [])


def is_below(process: psutil.Process, folder: Path) -> bool:
    """Whether the process works in the folder."""
    try:
        return Path(process.cwd()).is_relative_to(folder)
    except (psutil.Error, OSError):
        return False


def lake_client(servers: Stack) -> Minio:
    """The lake's server as the pipeline reaches it, with its own key."""
    lake = servers.stack
    return Minio(
        endpoint=urlsplit(lake.aws_endpoint_url).netloc,
        access_key=lake.aws_access_key_id,
        secret_key=lake.aws_secret_access_key.get_secret_value(),
        secure=False,
        region="us-east-1",
    )


def source_login(servers: Stack) -> "pymysql.Connection[pymysql.cursors.Cursor]":
    """The source database as the pipeline's account reaches it; each statement is its own transaction."""
    return pymysql.connect(
        host="127.0.0.1",
        port=servers.stack.mysql_port,
        user="booklake",
        password=servers.stack.mysql_password.get_secret_value(),
        database="books",
        connect_timeout=5,
        autocommit=True,
    )


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on, each other than the next one's successor: a second worker takes that."""
    with ExitStack() as held:
        found: list[int] = []
        while len(found) < count:
            probe = held.enter_context(closing(socket.socket()))
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
            if not {port - 1, port, port + 1} & set(found) and is_free(port + 1):
                found.append(port)
    return found
