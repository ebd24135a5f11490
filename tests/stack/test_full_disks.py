"""A full disk below each of the places: one sentence that says so, nothing half-written, and all is well once it is free."""

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr

from dataset.generating.generator import generate_dataset
from dataset.loading.load_errors import LoadFailed
from elt_pipeline.advice import with_advice
from elt_pipeline.commands.loading import load_into_source
from elt_pipeline.runs import refresh
from elt_pipeline.session import open_warehouse
from elt_pipeline.settings import Settings
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.upkeep import bring_up_to_date
from elt_pipeline.storage.postgres.postgres_server import free_port
from tests.support.s3_servers import S3Server, running_minio
from tests.support.servers import mariadb, postgres
from tests.support.small_disk import SmallDisk, small_disk
from tests.support.tables_of_names import BRONZE, SILVER, computed, names, source

MANY = sorted(f"Book {number:09}" for number in range(200_000))
# Nothing that frees space by itself meanwhile.
QUIET = ("--checkpoint_timeout=1h", "--autovacuum=off")
# Whatever the engine raises: people see the sentence that is made of it.
EVERYTHING = Exception


@dataclass(frozen=True)
class LakeOnSmallDisk:
    """A lake of two tables, the second made from the first."""

    disk: SmallDisk
    lake: Lake

    def make(self, *names: str) -> None:
        """Bring both tables up to date with the names."""
        self.extract(*names)
        self.compute()

    def extract(self, *names: str) -> None:
        bring_up_to_date(self.lake, source(*names), "a run")

    def compute(self) -> None:
        bring_up_to_date(self.lake, computed(self.lake), "a run")

    def fail(self, attempt: Callable[[], None]) -> None:
        """Try it on a full disk: it fails, and people are told to free space."""
        self.disk.fill()
        with pytest.raises(EVERYTHING) as failed:
            attempt()
        said = with_advice(str(failed.value))
        assert "Free space" in said, said


@pytest.fixture(params=["folder", pytest.param("minio", marks=pytest.mark.stack)])
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[LakeOnSmallDisk]:
    with small_disk(64) as disk:
        if request.param == "folder":
            yield LakeOnSmallDisk(disk, Lake(str(disk.folder / "lake"), None))
            return
        place = disk.folder / "minio"
        place.mkdir()
        with running_minio(place, port := free_port()):
            server = S3Server(f"http://127.0.0.1:{port}", f"on-full-{uuid4().hex[:8]}").ready()
            for name, value in server.variables.items():
                monkeypatch.setenv(name, value)
            yield LakeOnSmallDisk(disk, Lake(f"s3a://{server.bucket}", None))


def test_a_full_disk_of_the_lake_is_told_and_what_stood_there_stands(small: LakeOnSmallDisk) -> None:
    small.make("Dune")
    small.fail(lambda: small.make(*MANY))
    assert names(small.lake, BRONZE) == names(small.lake, SILVER) == ["Dune"]
    small.disk.free()
    small.make(*MANY)
    assert names(small.lake, BRONZE) == names(small.lake, SILVER) == MANY


def test_a_disk_that_fills_between_two_tables_leaves_the_second_as_it_was(small: LakeOnSmallDisk) -> None:
    small.make("Dune")
    small.extract(*MANY)
    small.fail(small.compute)
    assert names(small.lake, SILVER) == ["Dune"]
    small.disk.free()
    small.compute()
    assert names(small.lake, SILVER) == MANY


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("datasets") / "larger"
    generate_dataset(folder, book_count=600, reader_count=60)
    return folder


@pytest.mark.stack
def test_a_full_disk_of_the_source_fails_the_load_and_keeps_the_tables(tmp_path: Path, dataset: Path, larger: Path) -> None:
    with small_disk(300) as disk, mariadb(below=disk.folder) as server:
        settings = Settings(source_url=SecretStr(server.create_user("shop", "shop's", "all")), var_dir=tmp_path)
        load_into_source(settings, dataset, lambda _: None, replace=True)
        before = server.execute("checksum table books.book, books.rating")
        disk.fill()
        with pytest.raises(LoadFailed, match=r"its disk is full\. Free space there and run it again\. Nothing was loaded"):
            load_into_source(settings, larger, lambda _: None, replace=True)
        assert server.execute("checksum table books.book, books.rating") == before
        disk.free()
        load_into_source(settings, larger, lambda _: None, replace=True)
        assert server.execute("checksum table books.book, books.rating") != before


@pytest.mark.stack
def test_a_full_disk_of_the_warehouse_fails_the_run_and_readers_see_what_was_published(
    dataset: Path, larger: Path, tmp_path: Path
) -> None:
    with small_disk(400) as disk, postgres(QUIET, below=disk.folder) as server:
        settings = Settings(warehouse_url=SecretStr(server.create_database("booklake", "owner", "owner's")), var_dir=tmp_path)
        load_into_source(settings, dataset, lambda _: None, replace=True)
        assert refresh(settings).failures == ()
        published = readers_see(settings)
        load_into_source(settings, larger, lambda _: None, replace=True)
        disk.fill()
        failed = refresh(settings).failures
        assert any("Free space" in sentence or "its disk is full" in sentence for sentence in failed), failed
        disk.free()
        server.end(signal.SIGQUIT)  # It may have ended itself, or be about to come back.
        server.start()
        assert readers_see(settings) == published
        assert refresh(settings, accepted=["gold"]).failures == ()
        assert readers_see(settings) != published


def readers_see(settings: Settings) -> list[tuple[int]]:
    with open_warehouse(settings) as warehouse, warehouse.connect("reader") as connection:
        return connection.execute("select work_id from recommendations.books order by 1").fetchall()
