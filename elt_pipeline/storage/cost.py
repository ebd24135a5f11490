"""What a step costs: its seconds, and the peak of this process's memory meanwhile. What the step does belongs elsewhere."""

import resource
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

# Linux, proc(5): written to clear_refs, it lets the peak start anew from what is resident at that moment.
RESET_PEAK = "5"
PROCESS = Path("/proc/self")
# getrusage counts in KiB, but on macOS in bytes.
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and the most bytes that were resident in this process at once.

    The engine in this process counts, and so does what earlier steps have not given back; a Spark server or Postgres does not.
    Where the system cannot let the peak start anew, it is the peak since the process began.
    """

    seconds: float
    peak_memory_bytes: int


@dataclass(frozen=True)
class Meter:
    """A cost that is being measured; one at a time, since the peak belongs to the whole process."""

    started: float = field(default_factory=time.monotonic)

    @classmethod
    def start(cls) -> Self:
        """Begin to measure from now."""
        with suppress(OSError):
            (PROCESS / "clear_refs").write_text(RESET_PEAK, encoding="ascii")
        return cls()

    @property
    def cost(self) -> Cost:
        """What it has cost so far."""
        return Cost(time.monotonic() - self.started, peak_memory_bytes())


def peak_memory_bytes() -> int:
    """Return the most bytes of this process that were resident at once, since its start or the last reset."""
    with suppress(OSError):
        for line in (PROCESS / "status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT
