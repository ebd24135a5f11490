"""The processes of a stack: who belongs to it, what memory they take, and their end. Starting them belongs to supervisord."""

import os
import signal
import time
from collections.abc import Iterable

import psutil

from stack.places import MARK, Places
from stack.services import Service

KILL_SECONDS = 5
PAUSE_SECONDS = 0.1


def main_process(places: Places, name: str) -> psutil.Process | None:
    """The process that a server's start script became; None where it is gone.

    A number that was given to another program since then is none of ours: that one began after the file was written.
    """
    file = places.pid_of(name)
    try:
        process = psutil.Process(int(file.read_text(encoding="ascii")))
        return process if process.create_time() <= file.stat().st_mtime + 1 and not _has_ended(process) else None
    except (OSError, ValueError, psutil.Error):
        return None


def members(places: Places, names: Iterable[str]) -> dict[int, psutil.Process]:
    """Every living process of the stack, by its number: the servers, their families, and whoever carries the stack's mark."""
    found: dict[int, psutil.Process] = {}
    for name in names:
        process = main_process(places, name)
        found |= {one.pid: one for one in (family(process) if process else [])}
    for process in psutil.process_iter():
        if process.pid not in found and _is_marked(process, places) and not _has_ended(process):
            found[process.pid] = process
    found.pop(os.getpid(), None)
    return found


def family(process: psutil.Process) -> list[psutil.Process]:
    """The process and all below it."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def memory(process: psutil.Process) -> int:
    """The resident bytes of the process and all below it; pages that several share are counted for each."""
    total = 0
    for one in family(process):
        try:
            total += one.memory_info().rss
        except psutil.Error:
            continue
    return total


def end_orphans(places: Places, services: list[Service]) -> list[str]:
    """End the servers that a killed supervisord left, the last started first, each by its own signal; return their names."""
    supervisord, names = main_process(places, "supervisord"), []
    if supervisord is not None:  # It does not answer any more, and would start again what is ended here.
        end_all([supervisord])
    for service in reversed(services):
        process = main_process(places, service.name)
        if process is None:
            continue
        below = family(process)
        _signal(process, signal.Signals[f"SIG{service.stop_signal}"])
        psutil.wait_procs([process], timeout=service.stop_seconds)
        end_all(below)
        names.append(service.name)
    return names


def end_all(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """End the processes, by force where they do not end by themselves; return those that had to be ended."""
    left = [process for process in processes if not _has_ended(process)]
    for process in left:
        _signal(process, signal.SIGTERM)
    _, alive = psutil.wait_procs(left, timeout=KILL_SECONDS)
    for process in alive:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=KILL_SECONDS)
    return left


def wait_gone(places: Places, names: list[str], seconds: float) -> dict[int, psutil.Process]:
    """Wait until no process of the stack is left; return those that are after so many seconds."""
    deadline = time.monotonic() + seconds
    while (left := members(places, names)) and time.monotonic() < deadline:
        time.sleep(PAUSE_SECONDS)
    return left


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _is_marked(process: psutil.Process, places: Places) -> bool:
    try:
        return process.environ().get(MARK) == str(places.root)
    except (psutil.Error, OSError):
        return False


def _has_ended(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.Error:
        return True
