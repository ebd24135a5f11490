"""What became of the source's rows; how they are counted belongs to the pipeline."""

from dataclasses import dataclass

from psycopg import Connection

from catalogue.asking import asking


@dataclass(frozen=True)
class LedgerRow:
    """How many rows of a source table had one outcome for one reason."""

    run_id: str
    source_table: str
    outcome: str  # `read`, `kept`, `merged` or `rejected`.
    reason: str  # The merging rule or why it was rejected; empty for `read` and `kept`.
    row_count: int


def row_ledger(connection: Connection) -> list[LedgerRow]:
    """Return the ledger of the last run that wrote one, by table, then in the order read, kept, merged, rejected.

    Empty before the first run. Raises ``CatalogueUnavailable``.
    """
    sql = """
        with latest as (
            select runs.run_id
            from ops.runs as runs
            where exists (select 1 from ops.row_ledger_history as history where history.run_id = runs.run_id)
            order by runs.started_at desc, runs.run_id
            limit 1
        )
        select history.run_id, history.source_table, history.outcome, history.reason, history.row_count
        from ops.row_ledger_history as history
        inner join latest on history.run_id = latest.run_id
        order by
            history.source_table,
            array_position(array['read', 'kept', 'merged', 'rejected'], history.outcome::text),
            history.reason
    """
    with asking(connection, LedgerRow) as question:
        return question.execute(sql).fetchall()
