"""The source database: columns by name whatever their order and case; what is missing is named."""

import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
from pydantic import SecretStr

from elt_pipeline.contracts import bronze, source
from elt_pipeline.contracts.table import ContractViolation
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.sources.errors import SourceChanged, SourceUnavailable

RATING = "create table rating (UserId text, BookId text, Rating text)"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "source.db"


def database(file: Path, *statements: str) -> SourceDatabase:
    with sqlite3.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    return SourceDatabase(SecretStr(f"sqlite:///{file}"))


def create_book(columns: tuple[str, ...] = source.BOOK.columns, kind: str = "text") -> str:
    return f"create table book ({', '.join(f'{chr(34)}{name}{chr(34)} {kind}' for name in columns)})"


def test_ratings_come_as_text_with_where_they_stood(file: Path) -> None:
    rating = "create table rating (UserId text, BookId text, Rating text, SourceFile text, SourceLine text)"
    found = (
        database(file, rating, "insert into rating values ('007', ' 1', null, 'rating.csv', '2')").rows(bronze.RATINGS).collect()
    )
    assert found.to_dicts() == [
        {"UserId": "007", "BookId": " 1", "Rating": None, "_source_file": "rating.csv", "_source_line": 2}
    ]


def test_reordered_and_recased_columns_are_found_and_new_ones_kept(file: Path) -> None:
    rating = "create table rating (Shelf text, RATING text, userid text, BookId text)"
    found = database(file, rating, "insert into rating values ('SF', '5', '1', '2')").rows(bronze.RATINGS).collect()
    assert found.select("UserId", "BookId", "Rating", "Shelf").rows() == [("1", "2", "5", "SF")]
    assert found.select("_source_file", "_source_line").rows() == [(None, None)]


def test_where_a_row_stood_is_known_in_whatever_case_the_columns_are(file: Path) -> None:
    rating = "create table rating (UserId text, BookId text, Rating text, sourcefile text, SOURCELINE text)"
    found = database(file, rating, "insert into rating values ('1', '2', '5', 'rating.csv', '2')").rows(bronze.RATINGS).collect()
    assert found.columns == ["UserId", "BookId", "Rating", "_source_file", "_source_line"]
    assert found.rows() == [("1", "2", "5", "rating.csv", 2)]


@pytest.mark.parametrize("folder", ["a b", "50% off", "a+b&c=d", "a#b", "é", "it's"])
def test_a_file_in_a_folder_of_any_name_is_read(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    found = database(tmp_path / folder / "s.db", RATING, "insert into rating values ('1', '2', '5')").rows(bronze.RATINGS)
    assert found.collect().height == 1


@pytest.mark.parametrize(("folder", "written"), [("really?", "really%3F"), ("a%20b", "a%2520b")])
def test_a_folder_whose_name_means_something_in_a_url_is_read_where_it_is_encoded(
    tmp_path: Path, folder: str, written: str
) -> None:
    (tmp_path / folder).mkdir()
    sqlite3.connect(tmp_path / folder / "s.db").execute(RATING)
    found = SourceDatabase(SecretStr(f"sqlite:///{tmp_path}/{written}/s.db")).rows(bronze.RATINGS).collect()
    assert found.height == 0


def test_a_question_mark_in_the_path_is_refused_and_no_other_file_is_made(tmp_path: Path) -> None:
    (tmp_path / "really?").mkdir()
    with pytest.raises(SourceUnavailable, match=r"really\?/s\.db cannot be opened: .*Write %3F for each \?"):
        database(tmp_path / "really?" / "s.db", create_book()).check()
    assert [place.name for place in tmp_path.iterdir()] == ["really?"]


@pytest.mark.parametrize("wrong", ["hush", "postgresql://me:hush@127.0.0.1/books", "mysql://me:hush@host:port/books"])
def test_an_address_of_no_source_is_refused_without_its_password(wrong: str) -> None:
    with pytest.raises(SourceUnavailable, match=r"SOURCE_URL .* Write one such as sqlite:") as error:
        SourceDatabase(SecretStr(wrong)).check()
    assert "hush" not in str(error.value)


def test_missing_columns_are_all_named(file: Path) -> None:
    partly = database(file, create_book(tuple(name for name in source.BOOK.columns if name not in {"ISBN", "Language"})))
    with pytest.raises(ContractViolation, match=r"`book`: missing column `ISBN`; missing column `Language`"):
        partly.rows(bronze.BOOKS)


def test_a_retyped_column_is_named(file: Path) -> None:
    with pytest.raises(ContractViolation, match="column `UserId` is INTEGER, not text"):
        database(file, "create table rating (UserId integer, BookId text, Rating varchar(9))").rows(bronze.RATINGS)


def test_an_absent_table_is_empty_but_books_must_be_there(file: Path) -> None:
    empty = database(file, "create table something (a text)")
    assert empty.rows(bronze.RATINGS).collect().height == 0
    with pytest.raises(SourceUnavailable, match="no table `book`"):
        empty.check()


def test_an_empty_table_keeps_its_columns(file: Path) -> None:
    found = database(file, create_book()).rows(bronze.BOOKS).collect()
    assert (found.height, found.columns[:20]) == (0, list(source.BOOK.columns))
    assert set(found.dtypes[:20]) == {pl.String()}


def test_a_file_that_is_no_database_is_named(file: Path) -> None:
    file.write_text("Id,Name\n1,Dune\n" * 100)
    with pytest.raises(SourceUnavailable, match=r"source\.db does not answer: .*file is not a database.*SOURCE_URL"):
        SourceDatabase(SecretStr(f"sqlite:///{file}")).rows(bronze.BOOKS)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(SourceUnavailable, match="SOURCE_URL") as error:
        SourceDatabase(SecretStr("mysql://reader:hush@127.0.0.1:9/books")).rows(bronze.BOOKS)
    assert "hush" not in str(error.value)


def test_a_dataset_is_known_by_its_files_whatever_their_rows_and_else_by_its_place(file: Path, tmp_path: Path) -> None:
    filled = database(file, create_book()).dataset_id()
    assert filled == SourceDatabase(SecretStr(f"sqlite:///{file}")).dataset_id()
    marked = database(
        file, "create table booklake_load (file text, source_table text)", "insert into booklake_load values ('a.csv', 'book')"
    ).dataset_id()
    assert marked != filled
    copy = tmp_path / "copy.db"
    copy.write_bytes(file.read_bytes())
    assert database(copy, "drop table book").dataset_id() == marked
    assert database(copy, "insert into booklake_load values ('b.csv', 'book')").dataset_id() != marked


def test_a_missing_file_is_named_and_not_made(file: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"no file .*source\.db yet.*make load"):
        SourceDatabase(SecretStr(f"sqlite:///{file}")).check()
    assert not file.exists()


def test_a_locked_file_is_said_to_be_locked(file: Path) -> None:
    found = database(file, create_book())
    with closing(sqlite3.connect(file)) as other:
        other.execute("begin exclusive")
        with pytest.raises(SourceUnavailable, match=r"database is locked.*Another program keeps it open"):
            found.check()


def test_a_table_of_another_case_is_found(file: Path) -> None:
    found = database(file, RATING.replace("rating", "RATING"), "insert into RATING values ('1', '2', '5')").rows(bronze.RATINGS)
    assert found.select("UserId", "BookId", "Rating").collect().rows() == [("1", "2", "5")]


def test_a_view_is_read_like_a_table(file: Path) -> None:
    view = "create view rating as select UserId, BookId, Stars as Rating from stars"
    found = database(
        file, RATING.replace("rating", "stars").replace("Rating", "Stars"), view, "insert into stars values ('1', '2', '5')"
    )
    assert found.rows(bronze.RATINGS).collect().height == 1


def test_a_load_between_two_tables_fails_the_second(file: Path) -> None:
    marker = "create table booklake_load (file text, source_table text, encoding text, load_id text)"
    found = database(file, create_book(), RATING, marker, "insert into booklake_load values ('book.csv', 'book', 'utf-8', 'one')")
    assert found.rows(bronze.BOOKS).collect().height == 0
    database(file, "update booklake_load set load_id = 'two'")
    with pytest.raises(SourceChanged, match=r"loaded anew while it was read: `rating` may be of another load.*run it again"):
        found.rows(bronze.RATINGS).collect()
    assert SourceDatabase(found.url).rows(bronze.RATINGS).collect().height == 0


def test_a_table_that_another_replaces_fails_what_is_read_after_it(file: Path) -> None:
    found = database(file, create_book(), RATING)
    assert found.rows(bronze.BOOKS).collect().height == 0
    database(file, RATING.replace("rating", "fresh"), "drop table rating", "alter table fresh rename to rating")
    with pytest.raises(SourceChanged, match="run it again"):
        found.rows(bronze.RATINGS).collect()


def test_rows_that_somebody_adds_do_not_stop_the_tables_after(file: Path) -> None:
    found = database(file, create_book(), RATING)
    assert found.rows(bronze.BOOKS).collect().height == 0
    database(file, "insert into book (Id) values ('1')")
    assert found.rows(bronze.RATINGS).collect().height == 0
