"""A source whose tables change form: what is taken, what is warned of, and what stops before silver; by the assets of the job."""

import sqlite3
from contextlib import closing
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from pydantic import SecretStr

from elt_pipeline.assets import bronze as bronze_assets
from elt_pipeline.assets.options import SOURCE_FORMAT
from elt_pipeline.assets.silver import silver_editions
from elt_pipeline.checks import contract_checks
from elt_pipeline.contracts import bronze, silver, source
from elt_pipeline.failures import failures, warnings
from elt_pipeline.jobs import EVERY_YEAR
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.storage.delta.lake import Lake

ALL_BRONZE = dg.load_assets_from_modules([bronze_assets])
SILVER = dg.AssetKey(silver.EDITIONS.key)


def create(table: source.SourceTable, kind: str = "text") -> str:
    return f"create table {table.name} ({', '.join(f'{chr(34)}{name}{chr(34)} {kind}' for name in table.columns)})"


def copied(table: str, columns: str, name: str = "") -> list[str]:
    """The statements that make a table anew with these columns, perhaps under another name."""
    return [
        f"create table new as select {columns} from {table}",
        f"drop table {table}",
        f"alter table new rename to {name or table}",
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "source.db"
    fill(file, *(create(table) for table in bronze.SOURCE_OF.values()))
    fill(file, "insert into book (Id, Name, Authors, PublishYear) values ('1', 'Dune', 'Frank Herbert', '1965')")
    fill(file, "insert into rating values ('7', '1', '5')", "insert into genre values ('3', 'SF')")
    return file


def fill(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def refreshed(file: Path) -> dg.ExecuteInProcessResult:
    """The job's own assets from the source to silver.editions with their checks, without what needs Postgres."""
    definitions = dg.Definitions(
        assets=[*ALL_BRONZE, silver_editions],
        asset_checks=[contract_checks("bronze")],
        jobs=[dg.define_asset_job("refresh", selection="*", run_tags=EVERY_YEAR)],
        resources={"lake": Lake(str(file.parent / "lake"), None), "source": SourceDatabase(SecretStr(f"sqlite:///{file}"))},
        executor=dg.in_process_executor,
    )
    return definitions.resolve_job_def("refresh").execute_in_process(raise_on_error=False, tags=EVERY_YEAR)


def reached_silver(result: dg.ExecuteInProcessResult) -> bool:
    made = {event.asset_key for event in result.all_events if event.is_step_materialization}
    return SILVER in made


ACCEPTED = {
    "columns re-cased": ["alter table book rename column ISBN to isbn", "alter table rating rename column BookId to BOOKID"],
    "columns reordered": copied("rating", "Rating, BookId, UserId"),
    "columns reordered and re-cased": copied("rating", "Rating as rating, BookId as bookID, UserId as USERID"),
    "text that got longer": [
        "drop table rating",
        create(source.RATING, "varchar(4000)"),
        "insert into rating values ('7', '1', '5')",
    ],
    "a table in other case": ["alter table rating rename to r", "alter table r rename to RATING"],
    "an empty table": ["delete from genre"],
    "a column that our loader has read into another": [
        "alter table book add column Shelf text",
        "create table booklake_load (file text, used_columns text)",
        """insert into booklake_load values ('mine.csv', '["shelf"]')""",
    ],
}
WARNED = {
    "a new column": (["alter table book add column Shelf text"], ["bronze.books", "`book` has the new column `Shelf`"]),
    "two new columns of other types": (
        ["alter table book add column Price real", "alter table book add column Cover blob", "update book set Price = 9.5"],
        ["bronze.books", "the new columns `Cover`, `Price`, which are kept in bronze.books alone."],
    ),
    "a table that is gone": (["drop table genre"], ["bronze.genres", "no table `genre`, so that bronze.genres is empty"]),
}
STOPPED = {
    "a column dropped that silver needs": (['alter table book drop column "ISBN"'], "`book`: missing column `ISBN`"),
    "a column dropped that is often empty": (
        ["alter table book drop column Description"],
        "`book`: missing column `Description`",
    ),
    "a column renamed": (["alter table book rename column Name to Title"], "`book`: missing column `Name`"),
    "text that became a number": (
        ["drop table book", create(source.BOOK).replace('"Id" text', '"Id" integer')],
        "`book`: column `Id` is INTEGER, not text",
    ),
    "text that became bytes": (
        ["drop table book", create(source.BOOK).replace('"Name" text', '"Name" blob')],
        "`book`: column `Name` is BLOB, not text",
    ),
    "a column doubled under a name of ours": (
        ["alter table book add column _Source_File text"],
        "`book`: column `_Source_File` has a name that bronze keeps for itself",
    ),
    "the table of books gone": (["drop table book"], "The source has no table `book`"),
}


@pytest.mark.parametrize("drift", ACCEPTED)
def test_what_changes_no_meaning_is_accepted_in_silence(file: Path, drift: str) -> None:
    fill(file, *ACCEPTED[drift])
    result = refreshed(file)
    assert (result.success, list(failures(result.all_events)), list(warnings(result.all_events))) == (True, [], [])
    assert reached_silver(result)
    ratings = Lake(str(file.parent / "lake"), None).scan(bronze.RATINGS).select("UserId", "BookId", "Rating").collect()
    assert ratings.rows() == [("7", "1", "5")]


@pytest.mark.parametrize("drift", WARNED)
def test_what_is_new_or_absent_is_accepted_with_a_warning_that_names_it(file: Path, drift: str) -> None:
    statements, told = WARNED[drift]
    fill(file, *statements)
    result = refreshed(file)
    assert result.success
    assert reached_silver(result)
    (warning,) = warnings(result.all_events)
    assert [part for part in [*told, f"check {SOURCE_FORMAT}"] if part not in warning] == []


@pytest.mark.parametrize("drift", STOPPED)
def test_what_is_missing_or_retyped_stops_before_silver_and_is_named(file: Path, drift: str) -> None:
    statements, told = STOPPED[drift]
    fill(file, *statements)
    result = refreshed(file)
    assert not result.success
    assert not reached_silver(result)
    (failure,) = failures(result.all_events)
    assert failure.startswith("bronze.books: ")
    assert told in failure
    assert "oad" in failure.split(told)[1], "what to do: mend the source, or load"


def test_values_of_a_new_column_stand_in_bronze_as_text(file: Path) -> None:
    fill(file, *WARNED["two new columns of other types"][0])
    assert refreshed(file).success
    found = Lake(str(file.parent / "lake"), None).scan(bronze.BOOKS).select("Cover", "Price").collect()
    assert found.schema == {"Cover": pl.String(), "Price": pl.String()}
    assert found.rows() == [(None, "9.5")]


def test_a_drift_between_two_refreshes_is_taken_and_taken_back(file: Path) -> None:
    assert list(warnings(refreshed(file).all_events)) == []
    fill(file, *WARNED["a new column"][0])
    assert len(list(warnings(refreshed(file).all_events))) == 1
    fill(file, "alter table book drop column Shelf")
    assert list(warnings(refreshed(file).all_events)) == []
