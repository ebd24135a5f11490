-- One row per run and measure of a table: its rows, or the share of nulls in a column; the latest run first.
select
    runs.run_id,
    runs.started_at,
    measures.dataset_id,
    measures.measure,
    measures.value
from ops.measures
inner join ops.runs on measures.run_id = runs.run_id
order by runs.started_at desc, runs.run_id asc, measures.measure asc
