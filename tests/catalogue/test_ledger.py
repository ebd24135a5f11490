"""Tests of the ledger: which run's it is and how it is ordered."""

from psycopg import Connection

from catalogue.connecting import connect
from catalogue.ledger import LedgerRow, row_ledger
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
