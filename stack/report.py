"""The table of the servers: state, memory, version, address. Words alone; asking them belongs to probes."""

from dataclasses import dataclass

from pydantic import ValidationError

from elt_pipeline.settings import Settings
from stack import processes
from stack.probes import NotHealthy
from stack.servers import Stack
from stack.settings import StackSettings

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Row:
    """A server as it is now; memory in bytes, with the processes below it."""

    name: str
    state: str
    memory: int
    version: str
    address: str

    @property
    def is_healthy(self) -> bool:
        """Whether it does its work."""
        return self.state == "healthy"


def look(stack: Stack) -> list[Row]:
    """Ask every server."""
    states = stack.supervisor().states()
    rows = []
    for service in stack.services:
        process = processes.main_process(stack.places, service.name)
        try:
            state, version = "healthy", stack.probe(service)
        except NotHealthy as reason:
            known = str(states.get(service.name, {}).get("statename", "STOPPED"))
            state, version = ("down", "") if known == "STOPPED" else (known.lower(), f"({reason})")
        rows.append(Row(service.name, state, processes.memory(process) if process else 0, version, service.address))
    return rows


def unhealthy(pipeline: Settings) -> list[str] | None:
    """Each server of make up that is not healthy, with the reason; None where the settings do not describe them."""
    try:
        servers = Stack(StackSettings(), pipeline)
    except ValidationError:
        return None
    return [f"{row.name} {row.state} {row.version}".rstrip() for row in look(servers) if not row.is_healthy]


def table(rows: list[Row]) -> str:
    """The rows as lines of text, with the sum of the memory."""
    lines = [f"{'service':<16} {'state':<9} {'memory':>8}  {'version':<20} address"]
    lines += [
        f"{row.name:<16} {row.state:<9} {row.memory / MEGABYTE:>5.0f} MB  {row.version:<20} {row.address}".rstrip()
        for row in rows
    ]
    return "\n".join([*lines, f"{'in all':<26} {sum(row.memory for row in rows) / MEGABYTE:>5.0f} MB"])
