"""Tests of the latest run that wrote to a table: runs that wrote nothing there do not count."""

from typing import LiteralString

import pytest
from psycopg import Connection

from catalogue.latest_run import over_latest_run

LATEST = "select run_id from latest"


@pytest.mark.parametrize("table", ["row_ledger_history", "check_results", "timings"])
def test_a_later_run_that_wrote_nothing_there_is_passed_over(app: Connection, table: LiteralString) -> None:
    assert app.execute(over_latest_run(table, LATEST)).fetchall() == [("second",)]


def test_a_table_without_rows_has_no_latest_run(app: Connection) -> None:
    assert app.execute(over_latest_run("model_scores", LATEST)).fetchall() == []
