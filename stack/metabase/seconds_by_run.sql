-- title: How long refreshes took
-- description: Each of the last thirty that succeeded, from its begin to its end.
-- empty: No refresh has succeeded yet.
-- section: pipeline
-- place: 8
-- chart: columns
-- across: started_at
-- values: run_seconds
-- column: started_at = Begun
-- column: run_seconds = Seconds
with last_runs as (
    select
        runs.run_id,
        runs.started_at,
        round(extract(epoch from runs.finished_at - runs.started_at), 1) as run_seconds
    from ops.runs
    where runs.outcome = 'succeeded'
    order by runs.started_at desc, runs.run_id asc
    limit 30
)

select
    last_runs.started_at,
    last_runs.run_seconds
from last_runs
order by last_runs.started_at, last_runs.run_id
