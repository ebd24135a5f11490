"""Tests of the ledger: which run's it is, how it is ordered and balances, and the rows behind its numbers."""

from psycopg import Connection

from catalogue.connecting import connect
from catalogue.ledger import (
    LedgerPart,
    LedgerRow,
    SourceRow,
    TableBalance,
    balances,
    row_ledger,
    rows_as_csv,
    rows_behind,
)
from elt_pipeline.storage.postgres.warehouse import Warehouse


def test_the_ledger_is_that_of_the_last_run_that_wrote_one(app: Connection) -> None:
    assert row_ledger(app) == [
        LedgerRow("second", "book", "read", "", 10),
        LedgerRow("second", "book", "kept", "", 7),
        LedgerRow("second", "book", "merged", "same_id", 2),
        LedgerRow("second", "book", "rejected", "no_title", 1),
        LedgerRow("second", "rating", "read", "", 2),
        LedgerRow("second", "rating", "kept", "", 2),
    ]


def test_before_the_first_run_the_ledger_is_empty(empty_warehouse: Warehouse) -> None:
    with connect(empty_warehouse.url_for("app").get_secret_value()) as connection:
        assert row_ledger(connection) == []


def test_each_source_table_has_a_balance_of_what_is_published(app: Connection) -> None:
    books, ratings = balances(app)
    assert books == TableBalance("book", 10, 7, (LedgerPart("merged", "same_id", 2), LedgerPart("rejected", "no_title", 1)))
    assert (books.merged_count, books.rejected_count, books.is_balanced) == (2, 1, True)
    assert (ratings.read_count, ratings.kept_count, ratings.parts, ratings.is_balanced) == (3, 2, (), False)


def test_the_rows_behind_a_number_stand_by_file_and_line(app: Connection) -> None:
    assert rows_behind(app, "book", "merged", "same_id") == [
        SourceRow("8", "8", "book.csv", 4, '{"Id":"8","Name":"=1+1"}'),
        SourceRow("7", "7", "book.csv", 12, '{"Id":"7","Name":"<b>Dune</b>"}'),
    ]
    assert rows_behind(app, "book", "merged", "' or true --") == []


def test_a_source_row_has_its_cells_in_their_order() -> None:
    assert SourceRow(None, None, None, None, '{"b":"1","a":"2"}').cells == (("b", "1"), ("a", "2"))
    assert SourceRow(None, None, None, None, '"text"').cells == (("", "text"),)


def test_the_rows_behind_a_number_go_into_a_file_with_their_places() -> None:
    rows = [SourceRow("=1+1", None, "book.csv", 4, '{"Id":"8"}')]
    assert rows_as_csv("book", "rejected", "no_title", rows).decode("utf-8-sig").splitlines() == [
        "table,outcome,reason,file,line,key,merged into,row",
        'book,rejected,no_title,book.csv,4,\'=1+1,,"{""Id"":""8""}"',
    ]
