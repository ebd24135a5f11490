"""Bringing the servers up in order, and down again. What each server is belongs to services, how it is asked to probes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from elt_pipeline.settings import Settings, exported_variables
from elt_pipeline.storage.postgres.postgres_server import is_free, listener
from stack import minio_build, packages, processes, spark, supervisor
from stack.environments import system, write_environments
from stack.errors import StackFailed
from stack.places import MARK, Places
from stack.preparing import PREPARE
from stack.probes import Asked, NotHealthy, probe
from stack.services import Service, services_of
from stack.settings import StackSettings

PAUSE_SECONDS = 0.3
LOG_LINES = 12
OVER = ("FATAL", "EXITED", "UNKNOWN")


@dataclass(frozen=True)
class Stack:
    """The servers of one file of settings: where they are kept, and what they are told."""

    stack: StackSettings
    pipeline: Settings

    @property
    def places(self) -> Places:
        """Where they are kept."""
        return Places(self.pipeline.var / "stack")

    @property
    def services(self) -> list[Service]:
        """The servers in the order in which they start."""
        return services_of(self.stack, self.pipeline)

    @property
    def names(self) -> list[str]:
        """The names of the servers, and of supervisord."""
        return [*(service.name for service in self.services), "supervisord"]

    def supervisor(self) -> supervisor.Supervisor:
        """The supervisord of these servers, whether it runs or not."""
        return supervisor.Supervisor(self.places)

    def probe(self, service: Service) -> str:
        """The version of a server that does its work. Raises ``NotHealthy``."""
        process = processes.main_process(self.places, service.name)
        if process is None:
            raise NotHealthy("its process is gone")
        return probe(Asked(service, self.stack, self.pipeline, process.create_time()))


def up(stack: Stack, tell: Callable[[str], None]) -> None:
    """Start what does not run, in order, until all are healthy. Raises ``StackFailed`` with what a server said last."""
    places, daemon = stack.places, stack.supervisor()
    supervisor.check_places(places)
    if not daemon.answers():
        for name in processes.end_orphans(places, stack.services):
            tell(f"{name} was left by a supervisord that was killed: ended.")
        processes.end_all(processes.members(places, stack.names).values())
    states = daemon.states()
    check_ports([service for service in stack.services if states.get(service.name, {}).get("statename") != "RUNNING"])
    packages.install_missing(tell)
    minio_build.build(tell)
    spark.make(tell)
    places.make()
    exported = exported_variables()
    told = write_environments(stack.services, places, exported)
    supervisor.write_configuration(stack.services, places, told)
    if not states:
        daemon.launch(system(exported) | {MARK: str(places.root)})
    for name in daemon.take_over():
        tell(f"{name} is told something else than before: it starts anew.")
    _Starting(stack, daemon, tell).run()


def check_ports(services: list[Service]) -> None:
    """Raise ``StackFailed`` with every port that another program has, its owner, and the setting to change."""
    taken = [
        f"Port {port} of {service.name} is taken by {listener(port)}: end that, or set {setting} to another port."
        for service in services
        for setting, port in service.ports.items()
        if not is_free(port)
    ]
    if taken:
        raise StackFailed("\n".join(taken))


class _Starting:
    """The start of what does not run: each server as soon as those that it waits for are healthy."""

    def __init__(self, stack: Stack, daemon: supervisor.Supervisor, tell: Callable[[str], None]) -> None:
        self.stack, self.daemon, self.tell = stack, daemon, tell
        self.healthy: set[str] = set()
        self.began: dict[str, float] = {}
        self.reasons: dict[str, str] = {}

    def run(self) -> None:
        while waiting := [service for service in self.stack.services if service.name not in self.healthy]:
            states = self.daemon.states()
            for service in waiting:
                self._bring_on(service, states[service.name])
            if len(self.healthy) < len(self.stack.services):
                time.sleep(PAUSE_SECONDS)

    def _bring_on(self, service: Service, known: dict[str, object]) -> None:
        name, state = service.name, known["statename"]
        if name not in self.began:
            if state in {"RUNNING", "STARTING", "BACKOFF"}:
                self.began[name] = time.monotonic()
            elif self.healthy.issuperset(service.waits_for):
                self.daemon.start(name)
                self.began[name] = time.monotonic()
                return
            else:
                return
        if state in OVER:
            raise self._failed(service, f"ended ({known['spawnerr'] or state})")
        if state in {"RUNNING", "STARTING"}:
            self._ask(service)
        if name not in self.healthy and time.monotonic() - self.began[name] > service.start_seconds:
            raise self._failed(service, f"is not healthy after {service.start_seconds} s ({self.reasons.get(name, state)})")

    def _ask(self, service: Service) -> None:
        try:
            version = self.stack.probe(service)
        except NotHealthy as reason:
            self.reasons[service.name] = str(reason)
            return
        PREPARE.get(service.name, _nothing)(self.stack.pipeline)
        self.healthy.add(service.name)
        self.tell(f"  {service.name:<16} {version:<20} {time.monotonic() - self.began[service.name]:5.1f} s   {service.address}")

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


def down(stack: Stack, tell: Callable[[str], None]) -> None:
    """End every server, the last started first, and supervisord; what a killed supervisord left, too."""
    daemon, places = stack.supervisor(), stack.places
    states = daemon.states()
    for service in reversed(stack.services):
        if states.get(service.name, {}).get("statename") in {"RUNNING", "STARTING", "BACKOFF"}:
            daemon.stop(service.name)
            tell(f"  {service.name} ended.")
    if states:
        daemon.shut_down()
        processes.wait_gone(places, ["supervisord"], 20)
    for name in processes.end_orphans(places, stack.services):
        tell(f"  {name} ended: it was left by a supervisord that was killed.")
    for process in processes.end_all(processes.members(places, stack.names).values()):
        tell(f"  process {process.pid} ended.")
