"""The sensor over the source: one refresh for each change, words where there is none."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.sensor_definition import SensorExecutionData
from pydantic import SecretStr

from elt_pipeline.contracts import source
from elt_pipeline.jobs import EVERY_YEAR
from elt_pipeline.sensors import differences, source_changed
from elt_pipeline.sources.database import SourceDatabase

Look = Callable[[str | None], SensorExecutionData]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "source.db"
    columns = ", ".join(f'"{name}" text' for name in source.BOOK.columns)
    change(file, f"create table book ({columns})", "insert into book (Id) values ('9'), ('10')")
    return file


@pytest.fixture
def look(file: Path) -> Look:
    def evaluate(cursor: str | None) -> SensorExecutionData:
        found = SourceDatabase(SecretStr(f"sqlite:///{file}"))
        with dg.build_sensor_context(cursor=cursor, resources={"source": found}) as context:
            return source_changed.evaluate_tick(context)

    return evaluate


def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_it_is_off_until_somebody_switches_it_on() -> None:
    assert source_changed.default_status is dg.DefaultSensorStatus.STOPPED


def test_the_first_look_asks_for_one_refresh_over_every_year(look: Look) -> None:
    (request,) = look(None).run_requests or []
    assert EVERY_YEAR.items() <= request.tags.items()


def test_a_source_that_stays_is_skipped_with_what_was_seen(look: Look) -> None:
    again = look(look(None).cursor)
    assert again.run_requests == []
    assert "book: 2 rows up to 10" in str(again.skip_message)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("insert into book (Id) values ('1')", id="a row more"),
        pytest.param("update book set Id = '11' where Id = '10'", id="a larger key"),
        pytest.param("create table rating (UserId text, BookId text, Rating text)", id="a table more"),
    ],
)
def test_a_change_asks_for_one_refresh_and_then_for_none(look: Look, file: Path, statement: str) -> None:
    first = look(None)
    change(file, statement)
    second = look(first.cursor)
    assert len(second.run_requests or []) == 1
    assert look(second.cursor).run_requests == []


def test_a_load_of_as_many_rows_is_noticed(look: Look, file: Path) -> None:
    change(file, "create table booklake_load (file text, load_id text)", "insert into booklake_load values ('book.csv', 'one')")
    first = look(None)
    change(file, "update booklake_load set load_id = 'two'")
    assert len(look(first.cursor).run_requests or []) == 1


def test_a_source_that_is_away_is_a_reason_and_no_failure(look: Look, file: Path) -> None:
    cursor = look(None).cursor
    file.unlink()
    away = look(cursor)
    assert away.run_requests == []
    assert "has no file" in str(away.skip_message)


def test_what_came_and_went_is_told_by_table() -> None:
    assert differences({"book": "1 rows up to 1", "genre": "2 rows up to 2"}, {"book": "3 rows up to 3"}) == [
        "book was 1 rows up to 1, is 3 rows up to 3",
        "genre was 2 rows up to 2, is not there",
    ]
