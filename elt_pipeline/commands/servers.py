"""The app and Dagit as processes of this command, ended with it. What they show belongs to streamlit_app and definitions."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from elt_pipeline.dagster_home import open_instance
from elt_pipeline.session import open_warehouse
from elt_pipeline.settings import ROOT, Settings, exported_variables
from elt_pipeline.stopping import ignoring_signals
from elt_pipeline.storage.postgres.postgres_server import is_free, listener
from elt_pipeline.storage.secrets import write_app_secrets

HOST = "127.0.0.1"
STOP_SECONDS = 20
START_SECONDS = 60
# The app reads the catalogue with its own role and knows no other door.
KEPT_FROM_THE_APP = ("WAREHOUSE_", "SOURCE_URL", "AWS_")


class ServerFailed(OSError):
    """A server could not be started; the message says which, why and what to do."""


@dataclass(frozen=True)
class Server:
    """A process for people: its name, its address, and how it is started."""

    name: str
    port: int | None
    command: list[str]
    knows_all: bool = True


def serve_until_interrupted(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve the app and Dagit until Ctrl-C or SIGTERM, then end them. Raises ``ServerFailed``."""
    for setting, port in (("APP_PORT", settings.app_port), ("DAGIT_PORT", settings.dagit_port)):
        check_free(setting, port)
    with suppress(KeyboardInterrupt), open_warehouse(settings) as warehouse, open_instance(settings):
        servers = servers_of(settings, write_app_secrets(settings.var, warehouse.url_for("app")))
        with running(servers, settings) as processes:
            tell(f"The app:  http://{HOST}:{settings.app_port}\nDagit:    http://{HOST}:{settings.dagit_port}\nCtrl-C ends both.")
            _wait(processes)


def servers_of(settings: Settings, app_secrets: Path) -> list[Server]:
    """Return the app, Dagit, and Dagit's daemon, which launches what Dagit queues."""
    app = [sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app" / "app.py")]
    dagit = [
        sys.executable,
        "-m",
        "dagster_webserver",
        "-h",
        HOST,
        "-p",
        str(settings.dagit_port),
        "-m",
        "elt_pipeline.definitions",
    ]
    return [
        Server(
            "app",
            settings.app_port,
            [*app, f"--server.port={settings.app_port}", f"--secrets.files={app_secrets}"],
            knows_all=False,
        ),
        Server("dagit", settings.dagit_port, dagit),
        Server("daemon", None, [sys.executable, "-m", "dagster._daemon", "run", "-m", "elt_pipeline.definitions"]),
    ]


def check_free(setting: str, port: int) -> None:
    """Raise ``ServerFailed`` where the port is taken, naming the process that has it where that can be seen."""
    if not is_free(port):
        raise ServerFailed(f"Port {port} is taken by {listener(port)}. End that, or set {setting} to another port.")


@contextmanager
def running(servers: list[Server], settings: Settings) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the servers, each with its own log, until the block ends; give them when each answers."""
    processes: list[subprocess.Popen[bytes]] = []
    environment = exported_variables() | {"DAGSTER_HOME": str(settings.var / "dagster"), "VAR_DIR": str(settings.var)}
    app_environment = {name: value for name, value in environment.items() if not name.startswith(KEPT_FROM_THE_APP)}
    logs = settings.var / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    try:
        for server in servers:
            with (logs / f"{server.name}.log").open("wb") as log:
                # A session of its own: Ctrl-C reaches this command alone, which then ends them in order. Not in the checkout:
                # Dagster reads an .env of the folder it is started in, which may name other servers than these settings.
                started = subprocess.Popen(  # noqa: S603 - our own commands.
                    server.command,
                    cwd=settings.var,
                    env=environment if server.knows_all else app_environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            processes.append(started)
        for server, process in zip(servers, processes, strict=True):
            _await(server, process, logs / f"{server.name}.log")
        yield processes
    finally:
        with ignoring_signals():
            _end(processes)


def _await(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.port is not None and not _answers(server.port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerFailed(f"The {server.name} did not start: see {log}.")
        time.sleep(0.1)


def _wait(processes: list[subprocess.Popen[bytes]]) -> None:
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    raise ServerFailed("One of the servers ended by itself: see the logs in var/logs.")


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    families = [_family(process.pid) for process in processes]
    for process in processes:
        process.terminate()
    members = [member for family in families for member in family]
    _, alive = psutil.wait_procs(members, timeout=STOP_SECONDS)
    for member in alive:
        member.kill()


def _family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
