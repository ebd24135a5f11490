"""One stack for all tests that need the real servers: up once, small, on free ports; it leaves nothing."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from dotenv import dotenv_values

from dataset.generating.generator import generate_dataset
from elt_pipeline.settings import ROOT, Settings
from stack.servers import Stack
from stack.settings import StackSettings
from tests.support.real_stack import RealStack, ended_well, running_stack


@pytest.fixture(scope="session")
def real_stack() -> Iterator[RealStack]:
    """All servers of `make up`, healthy. A test that ends one brings it back by ``real_stack.up()``."""
    with running_stack() as stack:
        yield stack


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo dataset so small that a cluster of one core is done with it in minutes."""
    folder = tmp_path_factory.mktemp("datasets") / "small"
    generate_dataset(folder, book_count=300, reader_count=60)
    return folder


@pytest.fixture(scope="session")
def refreshed(dataset: Path, real_stack: RealStack) -> RealStack:
    """The stack after a load and a refresh."""
    ended_well(real_stack.booklake("load", str(dataset), "--replace"))
    ended_well(real_stack.booklake("refresh"))
    return real_stack


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the servers' own users can enter too."""
    with tempfile.TemporaryDirectory(prefix="booklake-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of a new file of settings, as commands export them; none of this process changes."""
    file = tmp_path_factory.mktemp("settings") / "env"
    subprocess.run([str(ROOT / "scripts" / "make_env.sh"), str(file)], check=True, capture_output=True)
    return {name: value for name, value in dotenv_values(file).items() if value is not None}


@pytest.fixture
def servers(exported: dict[str, str], tmp_path: Path) -> Stack:
    """The servers of those settings; none is started."""
    given = {name.lower(): value for name, value in exported.items() if value}
    return Stack(StackSettings.model_validate(given), Settings.model_validate(given | {"var_dir": tmp_path}))
