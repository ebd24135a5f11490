-- title: Time taken by each table
-- description: The fifteen that take longest when they are made anew, by the median; schema recommendations is made in one go.
-- empty: No table has been made yet.
-- section: pipeline
-- place: 11
-- width: full
-- chart: bars
-- across: asset
-- values: median_seconds
-- column: asset = Table
-- column: median_seconds = Median
-- column: longest_seconds = Longest
-- column: run_count = Runs
with made as (
    select
        timings.run_id,
        case when timings.asset like 'recommendations.%' then 'recommendations' else timings.asset end as made_asset,
        max(timings.seconds) as seconds
    from ops.timings
    where timings.outcome = 'written'
    group by timings.run_id, made_asset
)

select
    made.made_asset as asset,
    round(percentile_cont(0.5) within group (order by made.seconds)::numeric, 2) as median_seconds,
    round(max(made.seconds)::numeric, 2) as longest_seconds,
    count(*) as run_count
from made
group by made.made_asset
order by median_seconds desc, made.made_asset asc
limit 15
