-- title: Freshness of each table
-- description: When a run last looked at the table, and when one last changed it; the stalest first.
-- empty: No table has been made yet.
-- section: pipeline
-- place: 12
-- width: full
-- chart: table
-- column: asset = Table
-- column: looked_at = Last looked at
-- column: changed_at = Last changed
-- column: row_count = Rows
with told as (
    select
        timings.asset,
        timings.outcome,
        timings.row_count,
        runs.started_at,
        row_number() over (partition by timings.asset order by runs.started_at desc, runs.run_id asc) as place
    from ops.timings
    inner join ops.runs on timings.run_id = runs.run_id
    where timings.outcome <> 'failed'
)

select
    told.asset,
    max(told.started_at) as looked_at,
    max(told.started_at) filter (where told.outcome = 'written') as changed_at,
    max(told.row_count) filter (where told.place = 1) as row_count
from told
group by told.asset
order by looked_at asc, changed_at asc nulls first, told.asset asc
