"""The start of the servers: each as soon as those that it waits for are healthy. What must be there before belongs to up."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from elt_pipeline.settings import Settings
from stack.errors import StackFailed
from stack.preparing import PREPARE
from stack.probes import NotHealthy
from stack.servers import Stack
from stack.services import Service

PAUSE_SECONDS = 0.3
LOG_LINES = 12
ON_THE_WAY = ("STARTING", "RUNNING", "BACKOFF")
OVER = ("FATAL", "UNKNOWN")
# A server that ends again and again is not waited for until its time is over.
STARTS = 3


def start(stack: Stack, tell: Callable[[str], None]) -> None:
    """Start what does not run, and end when every server is healthy. Raises ``StackFailed`` with what one said last."""
    starting = Starting(stack, tell)
    while starting.step():
        time.sleep(PAUSE_SECONDS)


def wait(stack: Stack, seconds: float) -> None:
    """Wait until every server is healthy, without starting any. Raises ``StackFailed`` with the reasons of those that are not."""
    deadline = time.monotonic() + seconds
    while reasons := [f"{service.name}: {reason}" for service in stack.services if (reason := _complaint(stack, service))]:
        if time.monotonic() > deadline or not stack.supervisor().answers():
            raise StackFailed("Not healthy: " + "; ".join(reasons) + ". Start what does not run with: make up")
        time.sleep(PAUSE_SECONDS)


def _complaint(stack: Stack, service: Service) -> str:
    try:
        stack.probe(service)
    except NotHealthy as reason:
        return str(reason)
    return ""


class Starting:
    """Which servers were begun and which are healthy; each ``step`` looks at those that are not."""

    def __init__(self, stack: Stack, tell: Callable[[str], None]) -> None:
        self.stack, self.tell = stack, tell
        self.daemon = stack.supervisor()
        self.waiting = stack.services
        self.began: dict[str, float] = {}
        self.starts: dict[str, set[int]] = {}
        self.reasons: dict[str, str] = {}

    def step(self) -> bool:
        """Begin what can be begun and look at what was; return whether a server is not healthy yet. Raises ``StackFailed``."""
        states = self.daemon.states()
        unhealthy = {service.name for service in self.waiting}
        for service in self.waiting:
            if service.name in self.began:
                self._look_at(service, states.get(service.name, {}))
            elif states[service.name]["statename"] in ON_THE_WAY:
                self.began[service.name] = time.monotonic()
            elif unhealthy.isdisjoint(service.waits_for):
                self.daemon.start(service.name)
                self.began[service.name] = time.monotonic()
        self.waiting = [service for service in self.waiting if not self._is_healthy(service)]
        return bool(self.waiting)

    def _is_healthy(self, service: Service) -> bool:
        if service.name not in self.began:
            return False
        try:
            version = self.stack.probe(service)
        except NotHealthy as reason:
            self.reasons[service.name] = str(reason)
            return False
        PREPARE.get(service.name, _nothing)(self.stack.pipeline)
        self.tell(f"  {service.name:<16} {version:<18} {time.monotonic() - self.began[service.name]:5.1f} s   {service.address}")
        return True

    def _look_at(self, service: Service, known: Mapping[str, Any]) -> None:
        name, state = service.name, known.get("statename", "UNKNOWN")
        starts = self.starts.setdefault(name, set())
        starts.add(known.get("start", 0))
        if state in OVER or len(starts) > STARTS:
            raise self._failed(service, "does not stay up")
        if time.monotonic() - self.began[name] > service.start_seconds:
            raise self._failed(service, f"is not healthy after {service.start_seconds} s ({self.reasons.get(name, state)})")

    def _failed(self, service: Service, how: str) -> StackFailed:
        log = self.stack.places.log_of(service.name)
        last = "\n".join(f"    {line}" for line in last_lines(log, LOG_LINES))
        return StackFailed(
            f"{service.name} {how}. Its log {log} ends with:\n{last}\n"
            "Mend that, then run make up again. The others run on until make down."
        )


def _nothing(_settings: Settings) -> None:
    return


def last_lines(file: Path, count: int) -> list[str]:
    """The last lines of a log; empty where there is none."""
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except FileNotFoundError:
        return []
