"""Tests of the Trust page: the ledger and what else it tells, the rows behind a number, before the first run, no database."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.drawn import links, read, words


def open_trust(app: AppTest, **asked: str) -> AppTest:
    for name, value in {"page": "trust", **asked}.items():
        app.query_params[name] = value
    return app.run()


def test_each_table_s_numbers_lead_to_the_rows_behind_them(app: AppTest) -> None:
    drawn = words(open_trust(app))
    books = drawn.index("Books ✓ balances")
    assert drawn[books : books + 5] == ["Books ✓ balances", "10", "7", "2", "1"]
    assert "Ratings by number ✗ does not balance" in drawn
    assert links(app) == [
        ("2", "/?page=trust&table=book&outcome=merged&reason=same_id"),
        ("1", "/?page=trust&table=book&outcome=rejected&reason=no_title"),
    ]
    assert not app.exception


def test_freshness_checks_times_and_runs_are_told(app: AppTest) -> None:
    drawn = words(open_trust(app))
    assert "19 Nov 2026, 00:02 UTC" in "".join(drawn)
    assert "1 of 2in the last run" in drawn
    assert drawn[drawn.index("! warned") + 1] == "Fewer <b>rows</b>."
    assert drawn[drawn.index("recommendations") : drawn.index("recommendations") + 4] == [
        "recommendations",
        "8.00 s",
        "12",
        "written",
    ]
    assert drawn[drawn.index("✓ succeeded") - 1] == "2 min 5 s"
    assert "still runs" in drawn
    assert drawn[-1].startswith("None of the 7 editions names a publisher of the demo's generator")
    assert "b" not in read(app).tags


def test_a_number_s_rows_stand_with_their_place_and_their_cells(app: AppTest) -> None:
    drawn = words(open_trust(app, table="book", outcome="merged", reason="same_id"))
    assert drawn[:4] == [
        "← The whole ledger",
        "Books: 2 rows merged into another row",
        "The same Id stood there before: the row that was loaded last stays, this one was merged into it. same_id",
        "At most 1,000 rows are kept behind each number: all of these are here.",
    ]
    assert drawn[8:] == [
        *("book.csv, line 4", "8", "8", "Id 8 Name =1+1"),
        *("book.csv, line 12", "7", "7", "Id 7 Name <b>Dune</b>"),
    ]
    assert [button.proto.label for button in app.get("download_button")] == ["Download as CSV"]


def test_a_row_without_a_file_is_said_to_stand_in_the_table(app: AppTest) -> None:
    drawn = words(open_trust(app, table="book", outcome="rejected", reason="no_title"))
    assert drawn[-3:] == ["the table", "9", "Id 9"]


@pytest.mark.parametrize("reason", ["nothing", "", "' or true --"])
def test_a_number_that_the_ledger_does_not_have_is_said_to_be_none(app: AppTest, reason: str) -> None:
    assert words(open_trust(app, table="book", outcome="rejected", reason=reason))[1] == "The ledger has no such number."


def test_before_the_first_run_the_page_says_how_to_begin(app_without_books: AppTest) -> None:
    drawn = words(open_trust(app_without_books))
    assert "The ledger is empty." in drawn
    assert "neverNo refresh has succeeded yet." in drawn
    assert not app_without_books.exception


def test_a_database_that_is_down_is_said_to_be_down(app_without_database: AppTest) -> None:
    assert words(open_trust(app_without_database))[1] == "The catalogue cannot be asked right now."
    assert not app_without_database.exception
