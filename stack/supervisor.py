"""supervisord: its configuration, its start, and what is asked of it. In which order servers start belongs to up."""

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from elt_pipeline.settings import ROOT
from elt_pipeline.storage.secrets import write_private
from stack.errors import StackFailed
from stack.places import MARK, Places
from stack.services import Service

START_SECONDS = 20
LONGEST_SOCKET = 90  # Of the 107 characters that Linux takes, supervisord appends its process id to some.
DAEMON = """[supervisord]
nodaemon=false
directory={root}
logfile={log}
logfile_maxbytes=5MB
logfile_backups=1
pidfile={pid}
childlogdir={logs}
umask=022
minfds=4096

[unix_http_server]
file={socket}
chmod=0600

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
# Not in the checkout: Dagster reads an .env of the folder it is started in, which holds the passwords of every server.
PROGRAM = """
[program:{name}]
command={command} {name} {script}
directory={places}
environment={mark}="{places}",BOOKLAKE_TOLD="{told}"
priority={priority}
autostart=false
autorestart=true
startsecs=3
startretries=3
stopsignal={stop_signal}
stopwaitsecs={stop_seconds}
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile={log}
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=2
"""


def render(services: list[Service], places: Places, told: dict[str, str]) -> str:
    """The configuration. A program's section changes when what the server is told does: that is how a change is noticed."""
    daemon = DAEMON.format(
        root=ROOT, log=places.log_of("supervisord"), pid=places.pid_of("supervisord"), logs=places.logs, socket=places.socket
    )
    # Workers share a place: one more changes nothing of the others' sections, and so restarts none of them.
    kinds = list(dict.fromkeys(service.probe for service in services))
    programs = (
        PROGRAM.format(
            name=service.name,
            script=service.script,
            command=ROOT / "stack" / "start" / "service",
            mark=MARK,
            places=places.root,
            told=hashlib.sha256(told[service.name].encode()).hexdigest()[:16],
            priority=100 + kinds.index(service.probe),
            stop_signal=service.stop_signal,
            stop_seconds=service.stop_seconds,
            log=places.log_of(service.name),
        )
        for service in services
    )
    return "".join((daemon, *programs)).replace("%", "%%")


def check_places(places: Places) -> None:
    """Raise ``StackFailed`` where the folder's name cannot hold a socket or stand in supervisord's configuration."""
    if len(str(places.socket)) > LONGEST_SOCKET:
        raise StackFailed(f"{places.root} is too long a name for the servers' socket: set VAR_DIR to a shorter path.")
    if set(str(places.root)) & set(" \"';,"):
        raise StackFailed(f"The servers cannot be kept in {places.root}: set VAR_DIR to a path without blanks and quotes.")


class Supervisor:
    """The running supervisord of a stack's folder."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def launch(self, environment: dict[str, str]) -> None:
        """Start supervisord, which leaves this terminal, and wait until it answers. Raises ``StackFailed``."""
        # A shell's background job ignores Ctrl-C, and so would every server below: then Dagster could not be ended.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(self.places.configuration)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command line
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if done.returncode != 0 or time.monotonic() > deadline:
                said = (done.stderr or done.stdout).strip().splitlines() or [f"see {self.places.log_of('supervisord')}"]
                raise StackFailed(f"supervisord did not start: {said[-1]}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether supervisord is there."""
        try:
            return bool(self._ask("getState"))
        except StackFailed:
            return False

    def states(self) -> dict[str, dict[str, Any]]:
        """What supervisord knows of each server: its ``statename``, ``pid``, ``spawnerr`` …; empty where it is not there."""
        if not self.answers():
            return {}
        return {known["name"]: known for known in cast(list[dict[str, Any]], self._ask("getAllProcessInfo"))}

    def take_over(self) -> list[str]:
        """Read the configuration anew; end and exchange the servers whose sections changed, and return their names."""
        added, changed, removed = cast(list[list[list[str]]], self._ask("reloadConfig"))[0]
        for name in (*changed, *removed):
            self._ask("stopProcessGroup", name)
            self._ask("removeProcessGroup", name)
        for name in (*added, *changed):
            self._ask("addProcessGroup", name)
        return [*changed, *removed]

    def start(self, name: str) -> None:
        """Have a server started, without waiting for it."""
        is_waited_for = False
        self._ask("startProcess", name, is_waited_for)

    def stop(self, name: str) -> None:
        """End a server and wait until it has ended."""
        self._ask("stopProcess", name)

    def shut_down(self) -> None:
        """End supervisord itself, and what still runs under it."""
        self._ask("shutdown")

    def _ask(self, what: str, *arguments: object) -> object:
        server = ServerProxy("http://127.0.0.1", transport=SupervisorTransport(None, None, f"unix://{self.places.socket}"))
        try:
            return getattr(server.supervisor, what)(*arguments)
        except Fault as fault:
            raise StackFailed(f"supervisord could not {what} {' '.join(map(str, arguments))}: {fault.faultString}") from fault
        except (OSError, ConnectionError) as error:
            raise StackFailed(f"supervisord does not answer on {self.places.socket}: {error}") from error


def write_configuration(services: Iterable[Service], places: Places, told: dict[str, str]) -> Path:
    """Write the configuration, mode 600, and return its file."""
    write_private(places.configuration, render(list(services), places, told))
    return places.configuration
