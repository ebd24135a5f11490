-- title: Rows not taken, by reason
-- description: Of each of the last thirty refreshes, for the five most frequent reasons and all others together.
-- empty: No row has been turned away in the last thirty refreshes.
-- section: pipeline
-- place: 7
-- chart: stacked columns
-- across: started_at
-- values: row_count
-- series: reason
-- column: started_at = Begun
-- column: reason = Reason
-- column: row_count = Rows
with last_runs as (
    select
        runs.run_id,
        runs.started_at
    from ops.runs
    where runs.run_id in (select history.run_id from ops.row_ledger_history as history)
    order by runs.started_at desc, runs.run_id asc
    limit 30
),

rejected as (
    select
        last_runs.run_id,
        history.reason,
        sum(history.row_count) as row_count
    from ops.row_ledger_history as history
    inner join last_runs on history.run_id = last_runs.run_id
    where history.outcome = 'rejected'
    group by last_runs.run_id, history.reason
),

reasons as (
    select
        rejected.reason,
        row_number() over (order by sum(rejected.row_count) desc, rejected.reason asc) as place
    from rejected
    group by rejected.reason
)

-- Each run has each reason, with no rows too, so that a run without rejected rows is seen.
select
    last_runs.started_at,
    case when reasons.place <= 5 then reasons.reason else 'other reasons' end as reason,
    coalesce(sum(rejected.row_count), 0)::bigint as row_count
from last_runs
cross join reasons
left join rejected on last_runs.run_id = rejected.run_id and reasons.reason = rejected.reason
group by last_runs.run_id, last_runs.started_at, case when reasons.place <= 5 then reasons.reason else 'other reasons' end
order by last_runs.started_at asc, last_runs.run_id asc, min(reasons.place) asc
