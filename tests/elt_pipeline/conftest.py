"""A whole Booklake in a temporary folder, loaded with a small generated dataset and refreshed once."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dataset.generating.generator import generate_dataset
from elt_pipeline.session import open_warehouse
from elt_pipeline.settings import Settings
from tests.support.booklake import Booklake

BOOKS, READERS = 300, 60


@pytest.fixture(scope="session")
def small_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets") / "small"
    generate_dataset(folder, book_count=BOOKS, reader_count=READERS)
    return folder


@pytest.fixture(scope="session")
def booklake(small_dataset: Path) -> Iterator[Booklake]:
    with tempfile.TemporaryDirectory(prefix="booklake-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # Else root's server, which runs as another user, would keep its data elsewhere.
        settings = Settings(var_dir=Path(folder))
        with open_warehouse(settings) as warehouse:
            lake = Booklake(settings, small_dataset, warehouse)
            lake.load(small_dataset)
            lake.refresh()
            yield lake


@pytest.fixture
def changing(booklake: Booklake, tmp_path: Path) -> Iterator[Booklake]:
    """The same Booklake for a test that changes its source: afterwards it is as it was, and has the hashes it had."""
    before = booklake.hashes()
    booklake.keep_source(tmp_path / "kept.db")
    yield booklake
    booklake.restore_source(tmp_path / "kept.db")
    booklake.refresh()
    assert booklake.hashes() == before
