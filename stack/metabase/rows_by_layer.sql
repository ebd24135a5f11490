-- title: Rows in each layer
-- description: Rows of all tables of a layer, as of the last run that told.
-- empty: No table has been made yet.
-- section: pipeline
-- place: 9
-- chart: bars
-- across: layer
-- values: row_count
-- column: layer = Layer
-- column: row_count = Rows
-- column: table_count = Tables
with last_told as (
    select distinct on (timings.asset)
        timings.row_count,
        split_part(timings.asset, '.', 1) as layer
    from ops.timings
    inner join ops.runs on timings.run_id = runs.run_id
    where timings.row_count is not null
    order by timings.asset asc, runs.started_at desc, runs.run_id asc
)

select
    last_told.layer,
    sum(last_told.row_count)::bigint as row_count,
    count(*) as table_count
from last_told
where last_told.layer in ('bronze', 'silver', 'gold', 'recommendations')
group by last_told.layer
order by array_position(array['bronze', 'silver', 'gold', 'recommendations'], last_told.layer)
