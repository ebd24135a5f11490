"""How a folder becomes the source: whole, by name, counted, and only where the tables are ours."""

import csv
import os
import random
import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from dataset.loading.load_errors import FolderUnusable, NotInTheFormat, SourceNotOurs
from dataset.loading.loader import load_files
from dataset.loading.summaries import LoadProgress, LoadSummary
from elt_pipeline.contracts.source import BOOK, FILE_TABLES

Rows = list[tuple[str | None, ...]]


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def load(folder: Path, database: Path, *, replace: bool = False) -> LoadSummary:
    return load_files(folder, f"sqlite:///{database}", replace=replace, report=lambda _: None)


def rows(database: Path, columns: str, table: str) -> Rows:
    with sqlite3.connect(database) as connection:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()


def counts(summary: LoadSummary) -> dict[str, int]:
    return {table.table: table.rows for table in summary.tables}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "source.db"


def test_columns_are_loaded_by_name_with_file_and_line(tmp_path: Path, database: Path) -> None:
    folder = write(
        tmp_path / "in",
        {
            "book1.csv": 'Id,Name,pagesNumber,ISBN\n1,"Dune\nMessiah",412,\n2,Emma,,""\n',
            "book2.csv": "PAGESNUMBER;name;ID\r\n300;Kim, a Novel;3\r\n",
        },
    )
    load(folder, database)
    assert rows(database, "Id, Name, pagesNumber, ISBN, Publisher, SourceFile, SourceLine", "book") == [
        ("1", "Dune\nMessiah", "412", None, None, "book1.csv", "2"),
        ("2", "Emma", None, "", None, "book1.csv", "4"),
        ("3", "Kim, a Novel", "300", None, None, "book2.csv", "2"),
    ]


def test_every_table_has_the_columns_of_its_contract_as_text_and_the_loader_s_two(tmp_path: Path, database: Path) -> None:
    load(write(tmp_path / "in", {"book.csv": "Id,Name\n"}), database)
    for table in FILE_TABLES:
        expected = [(name, "TEXT") for name in (*table.columns, "SourceFile", "SourceLine")]
        assert rows(database, "name, type", f"pragma_table_info('{table.name}')")[: len(expected)] == expected
    assert rows(database, "name", "pragma_table_info('load_reject')") == [("file",), ("line",), ("reason",), ("text",)]


def test_each_file_goes_to_the_table_of_its_name(tmp_path: Path, database: Path) -> None:
    folder = write(
        tmp_path / "in",
        {
            "Book1-100k.CSV": "Id,Name\n1,Dune\n",
            "book_genre.csv": "BookISBN,GenreId\n0441013597,1\n",
            "book_download_link.csv": "Link,BookISBN\nhttps://example.org,0441013597\n",
            "genre.csv": "Id,Name\n1,Satire\n",
            "rating.csv": "UserId,BookId,Rating\n1,1,5\n1,1,5\n",
            "user_rating_0_to_1000.csv": "ID,Name,Rating\n1,Dune,it was ok\n",
            "answer_key.json": "{}",
            "prices.csv": "Id,Price\n",
        },
    )
    summary = load(folder, database)
    assert list(counts(summary).values()) == [1, 1, 1, 2, 1, 1]
    assert rows(database, "*", "book_download_link") == [("0441013597", "https://example.org", "book_download_link.csv", "2")]
    assert summary.warnings == ("prices.csv is not loaded: its name fits no table.",)


def test_unknown_columns_are_kept_and_named(tmp_path: Path, database: Path) -> None:
    folder = write(
        tmp_path / "in",
        {"book1.csv": "Id,Name,Mood\n1,Dune,dry\n", "book2.csv": "MOOD,Id,Name,Colour,SourceLine\nsunny,2,Emma,red,7\n"},
    )
    warnings = load(folder, database).warnings
    assert rows(database, "Id, Mood, Colour, SourceLine", "book") == [("1", "dry", None, "2"), ("2", "sunny", "red", "2")]
    assert warnings[:3] == (
        "book1.csv has columns that its table does not know; they are kept: Mood.",
        "book2.csv has columns that its table does not know; they are kept: MOOD, Colour.",
        "book2.csv has columns that the loader fills itself; theirs are not loaded: SourceLine.",
    )


def test_absent_and_empty_tables_are_warned_of(tmp_path: Path, database: Path) -> None:
    summary = load(write(tmp_path / "in", {"book.csv": "Id,Name\n1,Dune\n", "genre.csv": "Id,Name\n"}), database)
    assert summary.warnings[:2] == (
        "genre is empty: its files hold no rows.",
        "book_genre is empty: there is no book_genre*.csv.",
    )


def test_a_line_that_is_no_row_is_kept_with_its_reason(tmp_path: Path, database: Path) -> None:
    lines = [b"Id,Name", b"1,Dune", b"2", b'3,"Emma', b"", b"4,Caf\xe9", b"5,Ki\0m", b"Id,Name", "6,Čapek".encode(), b'7,"a"b']
    summary = load(write(tmp_path / "in", {"book.csv": b"\n".join(lines)}), database)
    assert rows(database, "Id, SourceLine", "book") == [("1", "2"), ("6", "9")]
    assert rows(database, "line, reason, text", "load_reject") == [
        ("3", "field_count", "2"),
        ("4", "text_after_quote", '3,"Emma'),
        ("6", "invalid_encoding", "4,Caf\\xe9"),
        ("7", "nul_byte", "5,Ki\\x00m"),
        ("8", "header_again", "Id,Name"),
        ("10", "text_after_quote", '7,"a"b'),
    ]
    assert summary.tables[0].rejects == summary.files[0].rejects
    assert (sum(summary.files[0].rejects.values()), summary.files[0].blank_lines) == (6, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", [pytest.param("\n", id="LF"), pytest.param("\r\n", id="CRLF"), pytest.param("\r", id="CR")])
def test_fifteen_dresses_of_one_file_give_the_same_rows(encoding: str, end: str, tmp_path: Path, database: Path) -> None:
    content = end.join(["Id,Name", "1,Brontë", '2,"Café, “Zoë”"', "3,Dune"])
    summary = load(write(tmp_path / "in", {"book.csv": content.encode(encoding)}), database)
    assert rows(database, "Id, Name, SourceLine", "book") == [("1", "Brontë", "2"), ("2", "Café, “Zoë”", "3"), ("3", "Dune", "4")]
    assert summary.files[0].rejects == {}


def test_a_windows_file_is_read_and_warned_of(tmp_path: Path, database: Path) -> None:
    summary = load(write(tmp_path / "in", {"book.csv": "Id,Name\r1,“Café”\r".encode("cp1252")}), database)
    assert rows(database, "Name", "book") == [("“Café”",)]
    assert "book.csv is not UTF-8 and was read as Windows-1252" in summary.warnings[0]


def test_after_a_load_the_source_holds_exactly_that_folder(tmp_path: Path, database: Path) -> None:
    first = {
        "book1.csv": "Id,Name,Mood\n1,Dune,dry\nbad\n",
        "genre.csv": "Id,Name\n1,Satire\n",
        "rating.csv": "UserId,BookId,Rating\n1,1,5\n",
    }
    load(write(tmp_path / "first", first), database)
    load(write(tmp_path / "second", {"book.csv": "Id,Name\n2,Emma\n", "genre.csv": "Name,Id\nHorror,2\n"}), database)
    assert rows(database, "Id, Name, SourceFile", "book") == [("2", "Emma", "book.csv")]
    assert rows(database, "Id, Name", "genre") == [("2", "Horror")]
    assert rows(database, "*", "rating") == rows(database, "*", "load_reject") == []
    assert ("Mood",) not in rows(database, "name", "pragma_table_info('book')")
    assert rows(database, "file", "booklake_load") == [("book.csv",), ("genre.csv",)]


def test_a_folder_that_fails_leaves_the_old_content(tmp_path: Path, database: Path) -> None:
    load(write(tmp_path / "first", {"book.csv": "Id,Name\n1,Dune\n"}), database)
    with pytest.raises(NotInTheFormat, match=r"rating\.csv"):
        load(write(tmp_path / "second", {"book.csv": "Id,Name\n2,Emma\n", "rating.csv": "a,b,c\n"}), database)
    assert rows(database, "Id", "book") == [("1",)]


def test_a_database_of_others_is_refused_until_asked(tmp_path: Path, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE book (x)")
    folder = write(tmp_path / "in", {"book.csv": "Id,Name\n1,Dune\n"})
    with pytest.raises(SourceNotOurs):
        load(folder, database)
    assert rows(database, "*", "book") == []
    load(folder, database, replace=True)
    assert load(folder, database).tables[0].rows == 1


def test_a_folder_that_cannot_be_loaded_is_told(tmp_path: Path, database: Path) -> None:
    with pytest.raises(FolderUnusable, match=r"absent cannot be read: No such file or directory\. Name a folder"):
        load(tmp_path / "absent", database)
    with pytest.raises(NotInTheFormat, match="file is empty: it has no header"):
        load(write(tmp_path / "in", {"file": ""}) / "file", database)
    with pytest.raises(FolderUnusable, match=r"has no book\*\.csv"):
        load(write(tmp_path / "in", {"genre.csv": "Id,Name\n", "book_genre.csv": "BookISBN,GenreId\n"}), database)
    assert not database.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, database: Path) -> None:
    (write(tmp_path / "in", {"book.csv": "Id,Name\n"}) / "book.csv").chmod(0)
    with pytest.raises(FolderUnusable, match=r"book\.csv cannot be read: Permission denied"):
        load(tmp_path / "in", database)


def test_progress_ends_with_all_bytes_and_rows_of_each_file(tmp_path: Path, database: Path) -> None:
    content = "Id,Name\n" + "".join(f"{number},Dune\n" for number in range(25_000))
    told: list[LoadProgress] = []
    load_files(write(tmp_path / "in", {"book.csv": content}), f"sqlite:///{database}", report=told.append)
    assert [progress.rows for progress in told] == [10_000, 20_000, 25_000]
    assert told[-1] == LoadProgress("book.csv", len(content), len(content), 25_000)


LINES = [
    "{n},Dune",
    '{n},"Emma, a Novel"',
    '{n},"two\nlines"',
    *("{n}", "", "{n},a,b", "Id,Name"),
    *('{n},"open', '{n},"a"b'),
    "{n},x\0y",
    '{n},""',
]


@pytest.mark.parametrize("seed", range(12))
def test_lines_in_are_header_rows_rejects_blanks_and_further_lines(
    seed: int, rng: random.Random, tmp_path: Path, database: Path
) -> None:
    rng.seed(seed)
    end = rng.choice(["\n", "\r\n", "\r"])
    content = rng.choice(["", end]) + "Id,Name" + end + "".join(rng.choice(LINES).format(n=n) + end for n in range(200))
    summary = load(write(tmp_path / "in", {"book.csv": content}), database)
    file = summary.files[0]
    line_count = len(content.encode().splitlines())
    assert 1 + file.rows + sum(file.rejects.values()) + file.blank_lines + file.continuation_lines == line_count
    assert len(rows(database, "Id", "book")) == file.rows
    assert Counter(reason for (reason,) in rows(database, "reason", "load_reject")) == file.rejects


def test_rows_and_columns_in_any_order_give_the_same_table(tmp_path: Path, rng: random.Random) -> None:
    names, loaded = list(BOOK.columns), []
    books = [{name: f"{name} {number}" for name in names} for number in range(50)]
    for place in range(3):
        folder = write(tmp_path / f"in{place}", {})
        with (folder / "book.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, rng.sample(names, k=len(names)))
            writer.writeheader()
            writer.writerows(rng.sample(books, k=len(books)))
        load(folder, tmp_path / f"{place}.db")
        columns = ", ".join(f'"{name}"' for name in names)
        loaded.append(sorted(rows(tmp_path / f"{place}.db", columns, "book"), key=str))
    assert loaded[0] == loaded[1] == loaded[2] == sorted((tuple(book.values()) for book in books), key=str)


def test_the_real_folder_is_loaded_whole(real_data: Path, database: Path) -> None:
    summary = load(real_data, database)
    known = {"book": 19_964, "genre": 907, "book_genre": 63_084, "rating": 184_141, "user_rating": 125_564}
    assert counts(summary) == known | {"book_download_link": 0}
    assert rows(database, "*", "load_reject") == []
    assert summary.warnings == ("book_download_link is empty: there is no book_download_link*.csv.",)
    with (real_data / "book100k-2000k.csv").open(encoding="utf-8", newline="") as file:
        expected = [tuple(row[name] or None for name in ("Id", "Name", "Description")) for row in csv.DictReader(file)]
    assert rows(database, "Id, Name, Description", "book WHERE SourceFile = 'book100k-2000k.csv'") == expected
