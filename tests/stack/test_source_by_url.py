"""A real MySQL server (MariaDB) as the source: filled by us or by others, with the least rights, and when it fails."""

import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from pydantic import SecretStr

from dataset.loading.load_errors import SourceUnusable
from dataset.loading.loader import load_files
from elt_pipeline.contracts import bronze, source
from elt_pipeline.contracts.table import ContractViolation
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.sources.errors import SourceUnavailable
from tests.support.servers import MariaDB, mariadb

pytestmark = pytest.mark.stack

PASSWORD = "pla@/:%#'\\nted"  # noqa: S105 - planted, to be searched for.
TO_READ, TO_LOAD = "select", "select, insert, create, drop, alter"
BOOK = ", ".join(f"`{name}` text" for name in source.BOOK.columns)


@pytest.fixture(scope="module")
def server() -> Iterator[MariaDB]:
    with mariadb() as running:
        yield running


@pytest.fixture
def books(server: MariaDB) -> MariaDB:
    server.execute("drop database if exists books", "create database books character set utf8mb4")
    return server


def source_of(server: MariaDB) -> SourceDatabase:
    """The source as a user who may read and nothing else."""
    return SourceDatabase(SecretStr(server.create_user("reader", PASSWORD, TO_READ)))


def load(folder: Path, url: str) -> None:
    load_files(folder, url, report=lambda _: None)


def test_select_is_enough_to_read_what_a_user_with_five_rights_has_loaded(books: MariaDB, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text('Id,Name\n1,Ubik 🐉\n2,\n3,""\n', encoding="utf-8")
    load(tmp_path, books.create_user("loader", PASSWORD, TO_LOAD))
    load(tmp_path, books.create_user("loader", PASSWORD, TO_LOAD))
    found = source_of(books).rows(bronze.BOOKS).select("Id", "Name", "_source_line").collect().sort("Id")
    assert found.rows() == [("1", "Ubik 🐉", 2), ("2", None, 3), ("3", "", 4)]
    kinds = books.execute(
        "select distinct data_type, character_set_name from information_schema.columns where table_schema = 'books'"
    )
    assert kinds == [("longtext", "utf8mb4")]


def test_a_load_without_the_right_to_write_is_refused_and_changes_nothing(books: MariaDB, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text("Id,Name\n1,Ubik\n", encoding="utf-8")
    with pytest.raises(SourceUnusable, match=r"the user reader may not do that to a table.*Nothing was loaded") as error:
        load(tmp_path, books.create_user("reader", PASSWORD, TO_READ))
    assert "nted" not in str(error.value)
    assert books.execute("show tables from books") == []


def test_tables_that_we_did_not_fill_are_read_whatever_their_types_case_and_order(books: MariaDB) -> None:
    known = ", ".join(f"`{name}` varchar(99)" for name in source.BOOK.columns if name not in ("Name", "Language"))
    others = (
        "added date, sold decimal(30, 15), count bigint unsigned, cover varbinary(9), spent time, flags bit(5), place point,"
        " huge decimal(65, 30)"
    )
    books.execute(
        "set sql_mode = ''",
        f"create table books.BOOK (NAME varchar(99) character set latin1, Language enum('eng', 'fre'), {others}, {known})",
        "insert into books.BOOK (ID, NAME, Language, added, sold, count, cover, spent, flags, place, huge) values"
        " ('1', 'Café', 'fre', '0000-00-00', 1.5, 18446744073709551615, x'ff00', '-100:00:00', b'101', point(1, 1), 1)",
        "insert into books.BOOK (ID) values ('2')",
    )
    rows = source_of(books).rows(bronze.BOOKS).collect().sort("Id")
    assert rows.select("Id", "Name", "Language", "_source_file").rows() == [("1", "Café", "fre", None), ("2", None, None, None)]
    new = rows.select("added", "sold", "count", "cover", "spent", "flags", "huge")
    assert new.row(0) == (
        *("0000-00-00", "1.500000000000000", "18446744073709551615", "FF00", "-100:00:00", "5"),
        "1.000000000000000000000000000000",
    )
    assert set(new.row(1)) == {None}
    (told,) = source_of(books).drift(bronze.BOOKS)
    assert "`BOOK` has the new columns" in told
    assert "`sold`" in told


def test_a_missing_table_is_empty_with_a_warning_and_a_missing_or_typed_column_stops(books: MariaDB) -> None:
    books.execute(
        f"create table books.book ({BOOK.replace('`ISBN` text', '`EAN` text')})",
        "create table books.rating (UserId int, BookId text, Rating text)",
        "create view books.genre as select 1 as Id, 'Crime' as Name",
        "create view books.user_rating as select cast(UserId as char) as ID, BookId as Name, Rating from books.rating",
    )
    found = source_of(books)
    with pytest.raises(ContractViolation, match="table `book`: missing column `ISBN`"):
        found.rows(bronze.BOOKS)
    with pytest.raises(ContractViolation, match=r"table `rating`: column `UserId` is int\(11\), not text.*a view"):
        found.rows(bronze.RATINGS)
    assert found.rows(bronze.USER_RATINGS).collect().height == 0
    assert found.rows(bronze.BOOK_GENRES).collect().height == 0
    assert found.drift(bronze.BOOK_GENRES) == ["The source has no table `book_genre`, so that bronze.book_genres is empty."]


@pytest.fixture(scope="module")
def silent_port() -> Iterator[int]:
    """Of a listener that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(lambda url, _: url.replace("nted@", "wrong@"), "refuses the user reader or the password", id="password"),
        pytest.param(lambda url, _: f"{url}_of_others", "no such database, or the user reader may not use it", id="database"),
        pytest.param(lambda url, _: url.rpartition("@")[0] + "@127.0.0.1:1/books", "does not answer", id="port closed"),
        pytest.param(lambda url, _: url.rpartition("@")[0] + "@no-host.invalid/books", "no such host is known", id="host"),
        pytest.param(lambda url, port: f"{url.rpartition('@')[0]}@127.0.0.1:{port}/books", "not answer in time", id="silence"),
    ],
)
def test_a_server_that_refuses_is_told_in_one_sentence(
    books: MariaDB, silent_port: int, change: object, told: str, tmp_path: Path
) -> None:
    assert callable(change)
    url = change(books.create_user("reader", PASSWORD, TO_READ), silent_port)
    with pytest.raises(SourceUnavailable, match=rf"cannot be used: .*{told}.*SOURCE_URL") as read:
        SourceDatabase(SecretStr(url)).check()
    (tmp_path / "book.csv").write_text("Id,Name\n1,Ubik\n", encoding="utf-8")
    with pytest.raises(SourceUnusable, match=rf"cannot be used: .*{told}.*SOURCE_URL.*Nothing was loaded") as written:
        load(tmp_path, url)
    assert "nted" not in f"{read.value}{read.value.__cause__}{written.value}{written.value.__cause__}"


def test_a_server_killed_while_it_is_read_fails_the_read_and_the_next_one_has_every_row(books: MariaDB) -> None:
    books.execute(
        "use books",
        f"create table book ({BOOK})",
        "insert into book (Id, Description) select seq, repeat('x', 500) from seq_1_to_100000",
    )
    batches, read = source_of(books).rows(bronze.BOOKS).collect_batches(), list[int]()

    def read_and_kill() -> None:
        for batch in batches:
            read.append(batch.height)
            books.end(signal.SIGKILL)

    with pytest.raises(SourceUnavailable, match=r"table `book` could not be read.*Nothing of it was written"):
        read_and_kill()
    assert 0 < sum(read) < 100_000
    books.start()
    rows = source_of(books).rows(bronze.BOOKS).select(pl.col("Id").n_unique()).collect()
    assert rows.item() == 100_000


def test_a_load_whose_server_is_killed_leaves_what_was_there(books: MariaDB, tmp_path: Path) -> None:
    url = books.create_user("loader", PASSWORD, TO_LOAD)
    (tmp_path / "book.csv").write_text("Id,Name\n1,Ubik\n", encoding="utf-8")
    load(tmp_path, url)
    (tmp_path / "book.csv").write_text("Id,Name\n" + "\n".join(f"{number},Dune" for number in range(50_000)), encoding="utf-8")
    kill = threading.Event()

    def end_once(_: object) -> None:
        if not kill.is_set():
            kill.set()
            books.end(signal.SIGKILL)

    with pytest.raises(SourceUnusable, match=r"cannot be used: it .*Nothing was loaded"):
        load_files(tmp_path, url, report=end_once)
    books.start()
    assert SourceDatabase(SecretStr(url)).rows(bronze.BOOKS).select("Name").collect().rows() == [("Ubik",)]
    load(tmp_path, url)
    assert SourceDatabase(SecretStr(url)).rows(bronze.BOOKS).collect().height == 50_000
    assert [name for (name,) in books.execute("show tables from books") if name.startswith("booklake_new")] == []
