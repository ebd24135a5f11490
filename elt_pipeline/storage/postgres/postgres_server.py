"""One server process over one data folder: find, launch, stop, explain. When to do which belongs to embedded_postgres."""

import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil

from elt_pipeline.storage.postgres.postgres_binaries import ENVIRONMENT, PostgresBinaries

PAUSE_SECONDS = 0.05
STOP_SECONDS = 30
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    # No replica reads the log, so COPY into a table of the same transaction need not write it.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # A killed client's statement ends within a second and lets its locks go.
    "client_connection_check_interval": "1s",
    # The reasons of refused connections are told apart by these messages.
    "lc_messages": "C",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def launch(binaries: PostgresBinaries, data: Path, port: int, log: Path) -> psutil.Process:
    """Start a server in a session of its own, so that a Ctrl-C meant for us does not reach it; the log starts anew."""
    settings = [f"--{name}={value}" for name, value in {**SETTINGS, "port": str(port)}.items()]
    command = binaries.command("postgres", "-D", str(data), *settings)
    with log.open("wb") as told:
        server = subprocess.Popen(  # noqa: S603 -- our own command line
            command, cwd="/", env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=told, stderr=told, start_new_session=True
        )
    return psutil.Process(server.pid)


def live_process(data: Path) -> psutil.Process | None:
    """The server that runs over the folder; None where none does.

    A file whose process id is another program's by now is removed: Postgres would take that program for itself.
    """
    file = data / "postmaster.pid"
    try:
        process = psutil.Process(int(_pid_lines(data)[0]))
        if not has_ended(process) and str(data) in process.cmdline():
            return process
    except (IndexError, ValueError, psutil.NoSuchProcess):
        pass
    file.unlink(missing_ok=True)
    return None


def recorded_port(data: Path, process: psutil.Process) -> int | None:
    """The port that the server has written down; None where it has not yet."""
    lines = _pid_lines(data)
    return int(lines[3]) if len(lines) > 3 and lines[0] == str(process.pid) and lines[3].isdigit() else None  # noqa: PLR2004 -- the file's 4th line


def has_ended(process: psutil.Process) -> bool:
    """Whether the process is gone, or dead and waits for its parent to notice."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def stop(process: psutil.Process) -> None:
    """Stop the server: a fast shutdown, and where that takes too long, an immediate one, from which the next start recovers."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        if not has_ended(process):
            process.send_signal(how)
        deadline = time.monotonic() + STOP_SECONDS
        while not has_ended(process) and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)


def last_complaint(log: Path) -> str:
    """The last line of the log that tells of a failure."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    told = [line for line in lines if any(level in line for level in ("FATAL:", "PANIC:", "ERROR:", "could not", "error:"))]
    return (told or lines or ["it said nothing"])[-1].strip().removesuffix(".")


def why_ended(log: Path) -> str | None:
    """The last line of the log that tells why a server ended while it worked; None where none does.

    What it said to those who asked it something is left out.
    """
    if not log.exists():
        return None
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    signs = ("PANIC:", "FATAL:  could not", "terminated by signal", "No space left on device")
    return next((line.strip().removesuffix(".") for line in reversed(lines) if any(sign in line for sign in signs)), None)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server could listen on the port of 127.0.0.1."""
    with socket.socket() as probe:
        # As Postgres does, else a port whose last connections have just closed would look taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def listener(port: int) -> str:
    """Who listens on the port, in words."""
    try:
        listening = [one for one in psutil.net_connections("tcp") if one.status == psutil.CONN_LISTEN and one.pid]
        pids = [one.pid for one in listening if tuple(one.laddr)[1:2] == (port,)]
        return f"{psutil.Process(pids[0]).name()}, process {pids[0]}" if pids else "another user's process"
    except (psutil.AccessDenied, psutil.NoSuchProcess):
        return "another process"


def _pid_lines(data: Path) -> list[str]:
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return []
