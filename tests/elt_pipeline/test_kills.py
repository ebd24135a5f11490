"""Refreshes killed at random moments, and two at once, while people read. Minutes long: `make test-faults`."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from dataset.generating.generator import generate_dataset
from elt_pipeline.settings import exported_variables
from tests.support.booklake import Booklake

pytestmark = pytest.mark.faults

KILLS = 20
READERS = 8
# Eight readers without a pause would take both cores from the refreshes that they watch.
PAUSE_SECONDS = 0.2
# Every edition has its work, and every work its book: a mix of two publications would leave some without.
JOINED = """
    select count(*), count(works.work_id), count(books.work_id), count(book_authors.work_id)
    from gold.editions as editions
    left join gold.works as works on editions.work_id = works.work_id
    left join recommendations.books as books on editions.work_id = books.work_id
    left join recommendations.book_authors as book_authors
        on editions.work_id = book_authors.work_id and book_authors.author_position = 1
"""


class Readers:
    """Clients that join published tables until they are told to stop, and what went wrong for them."""

    def __init__(self, booklake: Booklake) -> None:
        self.url = booklake.warehouse.url_for("reader").get_secret_value()
        self.stopped = threading.Event()
        self.answers: set[tuple[object, ...]] = set()
        self.count = 0
        self.errors: list[str] = []

    def read(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            while not self.stopped.is_set():
                try:
                    self.answers.add(connection.execute(JOINED).fetchone() or ())
                    self.count += 1
                except psycopg.Error as error:
                    self.errors.append(str(error))
                self.stopped.wait(PAUSE_SECONDS)

    @contextmanager
    def reading(self) -> Iterator["Readers"]:
        threads = [threading.Thread(target=self.read) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self.stopped.set()
            for thread in threads:
                thread.join()


def start_refresh(booklake: Booklake) -> subprocess.Popen[bytes]:
    environment = exported_variables() | {"VAR_DIR": str(booklake.settings.var)}
    command = [sys.executable, "-m", "elt_pipeline", "--env-file=", "refresh"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.fixture(scope="module")
def two_sources(booklake: Booklake, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source as it is, and one of other books, as files to exchange."""
    folder = tmp_path_factory.mktemp("sources")
    booklake.keep_source(folder / "first.db")
    generate_dataset(folder / "other", seed=7, book_count=250, reader_count=40)
    # Files of other names are another dataset: neither is held back for having fewer rows than the other.
    (folder / "other" / "rating.csv").rename(folder / "other" / "rating_of_others.csv")
    booklake.load(folder / "other")
    booklake.keep_source(folder / "second.db")
    booklake.restore_source(folder / "first.db")
    return folder / "first.db", folder / "second.db"


def undisturbed(booklake: Booklake, source: Path) -> tuple[dict[str, str], tuple[object, ...]]:
    booklake.restore_source(source)
    booklake.refresh()
    return booklake.hashes(), booklake.ask(JOINED)[0]


def test_killed_refreshes_end_as_an_undisturbed_one_and_no_reader_notices(
    booklake: Booklake, two_sources: tuple[Path, Path], rng: random.Random
) -> None:
    expected = [undisturbed(booklake, source) for source in two_sources]
    booklake.restore_source(two_sources[0])
    started, killed = time.monotonic(), 0
    assert start_refresh(booklake).wait() == 0
    whole = time.monotonic() - started
    with Readers(booklake).reading() as readers:
        for attempt in range(KILLS):
            booklake.restore_source(two_sources[attempt % 2])
            process = start_refresh(booklake)
            try:
                process.wait(timeout=rng.uniform(1, whole))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
            if attempt % 5 == 4:
                which = rng.randrange(2)
                assert undisturbed(booklake, two_sources[which]) == expected[which]
    assert readers.errors == []
    assert readers.count > KILLS
    assert readers.answers <= {answer for _, answer in expected}
    assert killed >= KILLS // 2


def test_two_refreshes_at_once_end_as_one_after_the_other(booklake: Booklake, two_sources: tuple[Path, Path]) -> None:
    expected = undisturbed(booklake, two_sources[1])
    undisturbed(booklake, two_sources[0])
    booklake.restore_source(two_sources[1])
    processes = [start_refresh(booklake) for _ in range(2)]
    told = [process.communicate(timeout=300)[0].decode() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    assert sum("Waiting for booklake refresh" in text for text in told) == 1
    assert (booklake.hashes(), booklake.ask(JOINED)[0]) == expected
