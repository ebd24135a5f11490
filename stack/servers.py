"""The servers of one file of settings, together: where they are kept, who supervises them, how they are. No steps."""

from dataclasses import dataclass

from elt_pipeline.settings import Settings
from stack import processes, supervisor
from stack.places import Places
from stack.probes import Asked, NotHealthy, probe
from stack.services import Service, services_of
from stack.settings import StackSettings


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
