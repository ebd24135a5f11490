"""What happened in a run, written into schema ops from Dagster's event log. No words for people here."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from elt_pipeline.contracts import gold
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.postgres.warehouse import Connection, Warehouse

BEGIN = "insert into ops.runs (run_id, command, started_at) values (%s, %s, now()) on conflict (run_id) do nothing"
END = "update ops.runs set finished_at = now(), outcome = %s where run_id = %s"
TIMING = (
    "insert into ops.timings (run_id, asset, outcome, row_count, byte_count, seconds, peak_memory_bytes, engine)"
    " values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict (run_id, asset) do nothing"
)
CHECK = (
    "insert into ops.check_results (run_id, asset, check_name, passed, severity, description)"
    " values (%s, %s, %s, %s, %s, %s) on conflict (run_id, asset, check_name) do nothing"
)
LEDGER = "insert into ops.row_ledger_history values (%s, %s, %s, %s, %s) on conflict do nothing"


def begin_run(warehouse: Warehouse, run_id: str, command: str) -> None:
    """Record that a run has begun, and close those that a killed process left open: whoever holds the lake's lock is alone."""
    with warehouse.connect("owner") as connection:
        connection.execute(
            "update ops.runs set finished_at = now(), outcome = 'killed' where outcome is null and run_id <> %s", (run_id,)
        )
        connection.execute(BEGIN, (run_id, command))


def end_run(warehouse: Warehouse, lake: Lake, instance: dg.DagsterInstance, run_id: str) -> None:
    """Record the run's outcome, timings, check results and ledger; a step that began and did not end has failed."""
    logged = [(entry.dagster_event, entry.timestamp) for entry in instance.all_logs(run_id) if entry.dagster_event]
    events = [event for event, _ in logged]
    ended = {event.step_key for event in events if event.is_step_success}
    failed = {event.step_key for event in events if event.is_step_start} - ended
    with warehouse.connect("owner") as connection, connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(TIMING, [*_timings(run_id, events), *_failed_timings(run_id, logged)])
        cursor.executemany(CHECK, _check_results(run_id, events))
        if not failed:
            _record_ledger(connection, lake, run_id)
        cursor.execute(END, ("failed" if failed else "succeeded", run_id))


def _timings(run_id: str, events: list[dg.DagsterEvent]) -> Iterator[tuple[Any, ...]]:
    seconds = {event.step_key: event.step_success_data.duration_ms / 1000 for event in events if event.is_step_success}
    for event in events:
        if not event.is_step_materialization:
            continue
        record = event.step_materialization_data.materialization
        told = {name: value.value for name, value in record.metadata.items()}
        yield (
            run_id,
            ".".join(record.asset_key.path),
            told.get("outcome", "written"),
            told.get("dagster/row_count"),
            told.get("bytes"),
            told.get("seconds", seconds.get(event.step_key, 0.0)),
            told.get("peak_memory_bytes"),
            told.get("engine"),
        )


def _failed_timings(run_id: str, logged: list[tuple[dg.DagsterEvent, float]]) -> Iterator[tuple[Any, ...]]:
    started = {event.step_key: at for event, at in logged if event.is_step_start}
    for event, at in logged:
        if event.is_step_failure:
            seconds = at - started.get(event.step_key, at)
            yield (run_id, str(event.step_key).replace("__", "."), "failed", None, None, seconds, None, None)


def _check_results(run_id: str, events: list[dg.DagsterEvent]) -> list[tuple[Any, ...]]:
    evaluations = [
        event.asset_check_evaluation_data for event in events if event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION
    ]
    return [
        (run_id, ".".join(found.asset_key.path), found.check_name, found.passed, found.severity.value, found.description)
        for found in evaluations
    ]


def _record_ledger(connection: Connection, lake: Lake, run_id: str) -> None:
    if lake.commit_of(gold.ROW_LEDGER) is None:
        return
    rows = lake.scan(gold.ROW_LEDGER).select(gold.ROW_LEDGER.column_names).sort(pl.all()).collect().rows()
    with connection.cursor() as cursor:
        cursor.executemany(LEDGER, [(run_id, *row) for row in rows])
