"""How the source is exchanged in one step, whose tables are touched, and what is told when it cannot be written."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.dialects import mysql, sqlite

from dataset.loading.load_errors import SourceNotOurs, SourceUnusable
from dataset.loading.source_database import SourceDatabase, rename_statements

COLUMNS = {"genre": ("Id", "Name")}


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def fill(path: Path, rows: list[tuple[str | None, ...]], *, replace: bool = False) -> None:
    with SourceDatabase(url(path), replace=replace) as database:
        database.stage(COLUMNS)
        database.insert("genre", rows)
        database.publish()


def content(path: Path, query: str = "SELECT * FROM genre ORDER BY rowid") -> list[tuple[str | None, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(query).fetchall()


def tables(path: Path) -> list[str]:
    return [str(name) for (name,) in content(path, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]


def test_a_second_fill_replaces_the_first(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "source.db"
    fill(path, [("1", "Satire"), ("2", None)])
    fill(path, [("3", "")])
    assert content(path) == [("3", "")]
    assert tables(path) == ["booklake_load", "genre"]


def test_until_it_is_published_readers_see_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "source.db"
    fill(path, [("1", "Satire")])
    with SourceDatabase(url(path), replace=False) as database:
        database.stage({"genre": ("Id", "Name", "Mood"), "rating": ("UserId",)})
        database.insert("genre", [("2", "Horror", "dark")])
        assert content(path) == [("1", "Satire")]
        database.publish()
    assert content(path) == [("2", "Horror", "dark")]
    assert tables(path) == ["booklake_load", "genre", "rating"]


class Interrupted(BaseException):
    """What Ctrl-C raises, in kind."""


def interrupt(path: Path, rows: list[tuple[str | None, ...]]) -> None:
    with SourceDatabase(url(path), replace=False) as database:
        database.stage(COLUMNS)
        database.insert("genre", rows)
        raise Interrupted


def test_an_interrupted_fill_leaves_the_old_content_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "source.db"
    fill(path, [("1", "Satire")])
    with pytest.raises(Interrupted):
        interrupt(path, [("2", "Horror")])
    assert content(path) == [("1", "Satire")]
    assert tables(path) == ["booklake_load", "genre"]


def test_what_a_killed_fill_left_is_taken_away_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "source.db"
    killed = SourceDatabase(url(path), replace=False)
    killed.__enter__()
    killed.stage(COLUMNS)
    killed.insert("genre", [("1", "Satire")])
    assert [name.startswith("booklake_new_") for name in tables(path)] == [True, True]
    fill(path, [("2", "Horror")])
    assert (content(path), tables(path)) == ([("2", "Horror")], ["booklake_load", "genre"])
    with pytest.raises(SourceUnusable, match="Another load ran at the same time"):
        killed.insert("genre", [("3", "Poetry")])


def test_a_failing_swap_leaves_every_table_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "source.db"
    fill(path, [("1", "Satire")])
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE VIEW rating AS SELECT 1")
    with SourceDatabase(url(path), replace=False) as database:
        database.stage({"genre": ("Id", "Name"), "rating": ("UserId",)})
        with pytest.raises(SourceUnusable, match="A view has the name of a source table"):
            database.publish()
    assert content(path) == [("1", "Satire")]


def test_tables_that_we_did_not_fill_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE customer (name)")
    with pytest.raises(SourceNotOurs, match=r"shop\.db holds tables .*\(customer\), and nothing was changed.*--replace"):
        fill(path, [])
    assert tables(path) == ["customer"]


def test_with_replace_tables_of_our_names_are_replaced_and_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE customer (name); CREATE TABLE Genre (x); INSERT INTO genre VALUES (1)")
        connection.execute("CREATE VIEW seen AS SELECT * FROM genre")
    fill(path, [("2", "Horror")], replace=True)
    assert tables(path) == ["booklake_load", "customer", "genre"]
    assert content(path, "SELECT * FROM seen") == [("2", "Horror")]


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "source.db"
    path.write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(SourceUnusable, match=r"source\.db cannot be loaded: file is not a database. Name another SOURCE_URL"):
        fill(path, [])


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceUnusable, match="of the source database cannot be made"):
        fill(tmp_path / "file" / "source.db", [])
    with pytest.raises(SourceUnusable, match=r"unable to open database file\. Give yourself the right"):
        fill(tmp_path, [])


def limit_pages(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA max_page_count = 20")


def test_a_full_disk_is_told_and_the_old_content_stays(tmp_path: Path) -> None:
    path = tmp_path / "source.db"
    fill(path, [("1", "Satire")])
    # SQLite's own limit of pages stands in for the disk: the error is the same.
    event.listen(Engine, "connect", limit_pages)
    try:
        with pytest.raises(SourceUnusable, match=r"disk is full\. Free some space and load again"):
            fill(path, [("2", "x" * 2**20)])
    finally:
        event.remove(Engine, "connect", limit_pages)
    assert (content(path), tables(path)) == ([("1", "Satire")], ["booklake_load", "genre"])


@pytest.mark.parametrize("wrong", ["", "source.db", "sqlite:/nonsense"])
def test_a_url_that_is_none_is_told_without_showing_it(wrong: str) -> None:
    with pytest.raises(SourceUnusable, match="SOURCE_URL is no database URL"):
        SourceDatabase(wrong, replace=False)


def test_a_password_is_never_told() -> None:
    with pytest.raises(SourceUnusable) as told, SourceDatabase("mysql+pymysql://shop:hush@127.0.0.1:1/shop", replace=False):
        pass
    assert "hush" not in str(told.value)
    assert "127.0.0.1" in str(told.value)


def test_tables_are_renamed_at_once_in_each_dialect() -> None:
    names = {"genre": "old_genre", "new_genre": "genre"}
    assert rename_statements(names, sqlite.dialect()) == [
        'ALTER TABLE "genre" RENAME TO "old_genre"',
        'ALTER TABLE "new_genre" RENAME TO "genre"',
    ]
    assert rename_statements(names, mysql.dialect()) == ["RENAME TABLE `genre` TO `old_genre`, `new_genre` TO `genre`"]
