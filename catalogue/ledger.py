"""What became of the source's rows; how they are counted belongs to the pipeline."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from catalogue.asking import asking
from catalogue.exporting import csv_file
from catalogue.latest_run import over_latest_run

ROWS_BEHIND_A_NUMBER = 1_000  # The most that the publication holds of each table, outcome and reason.
CSV_HEADS = ("table", "outcome", "reason", "file", "line", "key", "merged into", "row")


@dataclass(frozen=True)
class LedgerRow:
    """How many rows of a source table had one outcome for one reason."""

    run_id: str
    source_table: str
    outcome: str  # `read`, `kept`, `merged` or `rejected`.
    reason: str  # The merging rule or why it was rejected; empty for `read` and `kept`.
    row_count: int


@dataclass(frozen=True)
class LedgerPart:
    """How many rows of a source table were merged by one rule or rejected for one reason."""

    outcome: str  # `merged` or `rejected`.
    reason: str
    row_count: int


@dataclass(frozen=True)
class TableBalance:
    """What became of the rows of one source table, in what is published now."""

    source_table: str
    read_count: int
    kept_count: int
    parts: tuple[LedgerPart, ...]  # Merged before rejected, then by reason.

    @property
    def merged_count(self) -> int:
        """How many rows were merged into others."""
        return self._count_of("merged")

    @property
    def rejected_count(self) -> int:
        """How many rows were not taken."""
        return self._count_of("rejected")

    @property
    def is_balanced(self) -> bool:
        """Whether every row that was read is accounted for."""
        return self.read_count == self.kept_count + self.merged_count + self.rejected_count

    def _count_of(self, outcome: str) -> int:
        return sum(part.row_count for part in self.parts if part.outcome == outcome)


@dataclass(frozen=True)
class SourceRow:
    """A row of the source behind a number of the ledger."""

    source_key: str | None
    into_key: str | None  # What it was merged into; None where it was rejected.
    source_file: str | None
    source_line: int | None
    source_row: str  # JSON, nulls left out.

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """The names and values of the row, in its order."""
        row = json.loads(self.source_row)
        return tuple((str(name), str(value)) for name, value in row.items()) if isinstance(row, dict) else (("", str(row)),)


def row_ledger(connection: Connection) -> list[LedgerRow]:
    """Return the ledger of the last run that wrote one, by table, then in the order read, kept, merged, rejected.

    Empty before the first run. Raises ``CatalogueUnavailable``.
    """
    sql = """
        select history.run_id, history.source_table, history.outcome, history.reason, history.row_count
        from ops.row_ledger_history as history
        inner join latest on history.run_id = latest.run_id
        order by
            history.source_table,
            array_position(array['read', 'kept', 'merged', 'rejected'], history.outcome::text),
            history.reason
    """
    with asking(connection, LedgerRow) as question:
        return question.execute(over_latest_run("row_ledger_history", sql)).fetchall()


def balances(connection: Connection) -> list[TableBalance]:
    """Return the ledger of what is published, one balance for each source table. Raises ``CatalogueUnavailable``."""
    sql = """
        select
            source_table,
            coalesce(sum(row_count) filter (where outcome = 'read'), 0)::bigint as read_count,
            coalesce(sum(row_count) filter (where outcome = 'kept'), 0)::bigint as kept_count,
            coalesce(
                jsonb_agg(
                    jsonb_build_object('outcome', outcome, 'reason', reason, 'row_count', row_count) order by outcome, reason
                ) filter (where outcome in ('merged', 'rejected')),
                '[]'
            ) as parts
        from recommendations.row_ledger
        group by source_table
        order by source_table
    """
    with asking(connection, _balance) as question:
        return question.execute(sql).fetchall()


def rows_behind(connection: Connection, source_table: str, outcome: str, reason: str) -> list[SourceRow]:
    """Return the source rows behind a number, by file, line and key; at most ``ROWS_BEHIND_A_NUMBER``.

    Empty where the ledger has no such number. Raises ``CatalogueUnavailable``.
    """
    sql = """
        select source_key, into_key, source_file, source_line, source_row
        from recommendations.ledger_rows
        where source_table = %(source_table)s and outcome = %(outcome)s and reason = %(reason)s
        order by source_file nulls first, source_line nulls first, source_key nulls first, ledger_row_id
        limit %(most)s
    """
    asked = {"source_table": source_table, "outcome": outcome, "reason": reason, "most": ROWS_BEHIND_A_NUMBER}
    with asking(connection, SourceRow) as question:
        return question.execute(sql, asked).fetchall()


def rows_as_csv(source_table: str, outcome: str, reason: str, rows: Sequence[SourceRow]) -> bytes:
    """Return the rows behind a number as a CSV file, safe to open in a spreadsheet."""
    return csv_file(
        CSV_HEADS,
        (
            (source_table, outcome, reason, row.source_file, row.source_line, row.source_key, row.into_key, row.source_row)
            for row in rows
        ),
    )


def _balance(parts: list[dict[str, Any]], **columns: Any) -> TableBalance:
    """Make a balance of its row, whose parts are a list of JSON objects."""
    return TableBalance(parts=tuple(LedgerPart(**part) for part in parts), **columns)
