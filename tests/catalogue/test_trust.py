"""Tests of what speaks for the data: the last success, the last run's checks and times, the runs, what is made up."""

from datetime import UTC, datetime

from psycopg import Connection

from catalogue.connecting import connect
from catalogue.trust import (
    CheckResult,
    MadeUp,
    Run,
    Timing,
    last_checks,
    last_runs,
    last_success,
    last_timings,
    made_up,
)
from elt_pipeline.storage.postgres.warehouse import Warehouse

SECOND = Run("second", "refresh", datetime(2026, 11, 19, tzinfo=UTC), datetime(2026, 11, 19, 0, 2, 5, tzinfo=UTC), "succeeded")


def test_the_runs_stand_with_the_latest_first(app: Connection) -> None:
    runs = last_runs(app)
    assert [run.run_id for run in runs] == ["without a ledger", "second", "first"]
    assert (runs[0].outcome, runs[0].seconds) == (None, None)
    assert runs[1] == SECOND
    assert SECOND.seconds == 125
    assert last_runs(app, max_results=1) == runs[:1]


def test_the_last_success_is_no_run_that_still_goes_on(app: Connection) -> None:
    assert last_success(app) == SECOND


def test_the_checks_are_those_of_the_last_run_that_made_any_failed_ones_first(app: Connection) -> None:
    assert last_checks(app) == [
        CheckResult("gold.works", "baseline", is_passed=False, severity="WARN", description="Fewer <b>rows</b>."),
        CheckResult("gold.works", "contract", is_passed=True, severity="ERROR", description="gold.works keeps its contract."),
    ]


def test_the_times_are_of_the_last_run_and_those_of_the_marts_are_one(app: Connection) -> None:
    assert last_timings(app) == [
        Timing("recommendations", "written", 8.0, 12, None),
        Timing("bronze.books", "written", 2.0, 10, None),
        Timing("gold.works", "unchanged", 0.5, 5, 1200),
    ]


def test_what_is_made_up_is_counted_by_its_publisher(app: Connection) -> None:
    assert made_up(app) == MadeUp(edition_count=7, synthetic_count=0)


def test_before_the_first_run_there_is_nothing_to_tell(empty_warehouse: Warehouse) -> None:
    with connect(empty_warehouse.url_for("app").get_secret_value()) as connection:
        assert (last_runs(connection), last_success(connection)) == ([], None)
        assert (last_checks(connection), last_timings(connection)) == ([], [])
