"""The sensor over the source: one refresh for each change, again where it failed, words where there is none."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.sensor_definition import SensorExecutionData
from pydantic import SecretStr

from elt_pipeline.contracts import source
from elt_pipeline.jobs import EVERY_YEAR
from elt_pipeline.sensors import STATE_TAG, differences, source_changed
from elt_pipeline.sources.database import SourceDatabase

Look = Callable[[str | None], SensorExecutionData]


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "source.db"
    columns = ", ".join(f'"{name}" text' for name in source.BOOK.columns)
    change(file, f"create table book ({columns})", "insert into book (Id) values ('9'), ('10')")
    return file


@pytest.fixture
def look(file: Path, instance: dg.DagsterInstance) -> Look:
    def evaluate(cursor: str | None) -> SensorExecutionData:
        found = SourceDatabase(SecretStr(f"sqlite:///{file}"))
        with dg.build_sensor_context(instance=instance, cursor=cursor, resources={"source": found}) as context:
            return source_changed.evaluate_tick(context)

    return evaluate


def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@dg.job
def refresh_of_nothing() -> None:
    """A job whose runs only have a status."""


def launched(instance: dg.DagsterInstance, looked: SensorExecutionData, status: dg.DagsterRunStatus) -> str:
    """Make the run that was asked for, and let it come to the status."""
    (request,) = looked.run_requests or []
    run = instance.create_run_for_job(refresh_of_nothing, tags=request.tags, status=dg.DagsterRunStatus.NOT_STARTED)
    events = {
        dg.DagsterRunStatus.SUCCESS: dg.DagsterEventType.RUN_SUCCESS,
        dg.DagsterRunStatus.FAILURE: dg.DagsterEventType.RUN_FAILURE,
        dg.DagsterRunStatus.CANCELED: dg.DagsterEventType.RUN_CANCELED,
        dg.DagsterRunStatus.STARTED: dg.DagsterEventType.RUN_START,
    }
    if status in events:
        instance.report_dagster_event(dg.DagsterEvent(events[status].value, run.job_name), run.run_id)
    return run.run_id


def test_it_is_off_until_somebody_switches_it_on() -> None:
    assert source_changed.default_status is dg.DefaultSensorStatus.STOPPED


def test_the_first_look_asks_for_one_refresh_over_every_year(look: Look) -> None:
    (request,) = look(None).run_requests or []
    assert EVERY_YEAR.items() <= request.tags.items()


def test_a_source_that_stays_is_skipped_with_what_was_seen(look: Look, instance: dg.DagsterInstance) -> None:
    first = look(None)
    launched(instance, first, dg.DagsterRunStatus.SUCCESS)
    again = look(first.cursor)
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
def test_a_change_asks_for_one_refresh_and_then_for_none(
    look: Look, instance: dg.DagsterInstance, file: Path, statement: str
) -> None:
    first = look(None)
    change(file, statement)
    second = look(first.cursor)
    assert len(second.run_requests or []) == 1
    launched(instance, second, dg.DagsterRunStatus.SUCCESS)
    assert look(second.cursor).run_requests == []


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTED])
def test_a_run_that_has_not_ended_is_not_asked_for_twice(
    look: Look, instance: dg.DagsterInstance, status: dg.DagsterRunStatus
) -> None:
    first = look(None)
    run_id = launched(instance, first, status)
    again = look(first.cursor)
    assert again.run_requests == []
    assert f"Run {run_id} is to bring it in" in str(again.skip_message)


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED])
def test_a_change_whose_run_failed_is_asked_for_again_an_hour_later(
    look: Look, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch, status: dg.DagsterRunStatus
) -> None:
    first = look(None)
    launched(instance, first, status)
    early = look(first.cursor)
    assert early.run_requests == []
    assert "failed: a refresh is asked for again in 60 minutes." in str(early.skip_message)
    monkeypatch.setattr("elt_pipeline.sensors.SECONDS_UNTIL_ASKED_AGAIN", 0)
    later = look(first.cursor)
    assert [request.tags[STATE_TAG] for request in later.run_requests or []] == [
        request.tags[STATE_TAG] for request in first.run_requests or []
    ]
    launched(instance, later, dg.DagsterRunStatus.SUCCESS)
    assert look(later.cursor).run_requests == []


def test_a_request_that_made_no_run_is_made_again(look: Look) -> None:
    assert len(look(look(None).cursor).run_requests or []) == 1


def test_a_source_that_went_back_while_its_change_was_brought_in_is_asked_for(
    look: Look, instance: dg.DagsterInstance, file: Path
) -> None:
    first = look(None)
    launched(instance, first, dg.DagsterRunStatus.SUCCESS)
    change(file, "insert into book (Id) values ('11')")
    second = look(first.cursor)
    launched(instance, second, dg.DagsterRunStatus.STARTED)
    change(file, "delete from book where Id = '11'")
    assert len(look(second.cursor).run_requests or []) == 1


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
