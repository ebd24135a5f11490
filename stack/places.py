"""Where the servers keep their data, logs and process ids, and how they recognise one another. What is kept there is theirs."""

from dataclasses import dataclass
from pathlib import Path

# Every process of a stack inherits this variable: it names the stack's folder, so that none is lost and none is mistaken.
MARK = "BOOKLAKE_STACK"


@dataclass(frozen=True)
class Places:
    """The folders of one stack, all below ``VAR_DIR/stack``."""

    root: Path

    @property
    def data(self) -> Path:
        """What must survive: the databases, the objects, Spark's event log."""
        return self.root / "data"

    @property
    def logs(self) -> Path:
        """A log of each server, kept small by supervisord."""
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """Process ids and supervisord's socket."""
        return self.root / "run"

    @property
    def environments(self) -> Path:
        """What each server is told, mode 600."""
        return self.root / "environments"

    @property
    def configuration(self) -> Path:
        """What supervisord reads."""
        return self.root / "supervisord.conf"

    @property
    def socket(self) -> Path:
        """Where supervisord is spoken to."""
        return self.run / "supervisord.sock"

    def log_of(self, service: str) -> Path:
        """The log of a server."""
        return self.logs / f"{service}.log"

    def pid_of(self, service: str) -> Path:
        """Where a server's start script writes its process id."""
        return self.run / f"{service}.pid"

    def make(self) -> None:
        """Make the folders. All may enter: the databases of root run as another user."""
        for folder in (self.root, self.data, self.logs, self.run, self.environments):
            folder.mkdir(parents=True, exist_ok=True)
        for private in (self.logs, self.run, self.environments):
            private.chmod(0o700)
