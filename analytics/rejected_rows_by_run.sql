-- One row per run, source table and reason for which rows were rejected; the latest run first.
select
    runs.run_id,
    runs.started_at,
    row_ledger_history.source_table,
    row_ledger_history.reason,
    row_ledger_history.row_count
from ops.row_ledger_history
inner join ops.runs on row_ledger_history.run_id = runs.run_id
where row_ledger_history.outcome = 'rejected'
order by runs.started_at desc, runs.run_id asc, row_ledger_history.source_table asc, row_ledger_history.reason asc
