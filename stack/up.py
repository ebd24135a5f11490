"""Bringing the servers up and down, and removing what they keep. What each server is belongs to services."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil

from elt_pipeline.settings import exported_variables
from elt_pipeline.storage.postgres.postgres_server import is_free, listener
from stack import database_folders, packages, processes, spark, supervisor
from stack.environments import system, write_environments
from stack.errors import StackFailed
from stack.go_programs import MINIO
from stack.places import MARK
from stack.servers import Stack
from stack.services import Service
from stack.starting import ON_THE_WAY, start

SUPERVISORD_SECONDS = 20


def up(stack: Stack, tell: Callable[[str], None]) -> None:
    """Start what does not run, in order, until all are healthy. Raises ``StackFailed`` with what a server said last."""
    supervisor.check_places(stack.places)
    with _alone(stack):
        daemon = stack.supervisor()
        if not daemon.answers():
            _end_what_was_left(stack, tell)
        check_ports(stack.services, processes.members(stack.places, stack.names))
        install(tell)
        _tell_all(stack, tell)
        start(stack, tell)


def install(tell: Callable[[str], None]) -> None:
    """Install, build and fetch what the servers need and is not there. Raises ``StackFailed``."""
    packages.install_missing(tell)
    MINIO.build(tell)
    spark.make(tell)


def _tell_all(stack: Stack, tell: Callable[[str], None]) -> None:
    """Write what each server is told, and have a supervisord that knows it; servers that are told something else start anew."""
    daemon, exported = stack.supervisor(), exported_variables()
    told = write_environments(stack.services, stack.places, exported)
    supervisor.write_configuration(stack.services, stack.places, told)
    if not daemon.answers():
        daemon.launch(system(exported) | {MARK: str(stack.places.root)})
    for name in daemon.take_over():
        tell(f"{name} is told something else than before: it starts anew.")


def check_ports(services: list[Service], ours: dict[int, psutil.Process]) -> None:
    """Raise ``StackFailed`` with every port that another program has, its owner, and the setting to change."""
    listening = [one for one in psutil.net_connections("tcp") if one.status == psutil.CONN_LISTEN and one.laddr]
    held = {one.laddr.port for one in listening if one.laddr and one.pid in ours}
    taken = [
        f"Port {port} of {service.name} is taken by {listener(port)}. End that, or set {setting} to another port."
        for service in services
        for setting, port in service.ports.items()
        if port not in held and not is_free(port)
    ]
    if taken:
        raise StackFailed("\n".join(taken))


def down(stack: Stack, tell: Callable[[str], None]) -> None:
    """End every server, the last started first, and supervisord; what a killed supervisord left, too."""
    with _alone(stack):
        daemon = stack.supervisor()
        states = daemon.states()
        for service in reversed(stack.services):
            if states.get(service.name, {}).get("statename") in ON_THE_WAY:
                daemon.stop(service.name)
                tell(f"  {service.name} ended.")
        if states:
            daemon.shut_down()
            processes.wait_gone(stack.places, ["supervisord"], SUPERVISORD_SECONDS)
        _end_what_was_left(stack, tell)


def remove(stack: Stack) -> None:
    """Remove everything that the servers keep. Raises ``StackFailed`` while one runs."""
    if not stack.places.root.exists():
        return
    with _alone(stack):
        if processes.members(stack.places, stack.names):
            raise StackFailed(f"The servers of {stack.places.root} run. End them first: make down")
        database_folders.remove_outside(stack.places.data)
        shutil.rmtree(stack.places.root)


def _end_what_was_left(stack: Stack, tell: Callable[[str], None]) -> None:
    for name in processes.end_orphans(stack.places, stack.services):
        tell(f"  {name} was left by a supervisord that was killed: ended.")
    for process in processes.end_all(processes.members(stack.places, stack.names).values()):
        tell(f"  Process {process.pid} was left: ended.")


@contextmanager
def _alone(stack: Stack) -> Iterator[None]:
    """Hold the stack's mutex, which dies with the process. Raises ``StackFailed`` where another make up or down works."""
    stack.places.make()
    with (stack.places.run / "lock").open("w") as mutex:
        try:
            fcntl.flock(mutex, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StackFailed(f"Another make up or make down works in {stack.places.root}: wait until it has ended.") from error
        yield
