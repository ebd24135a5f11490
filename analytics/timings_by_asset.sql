-- One row per table or step of a refresh; seconds and memory are of the runs that wrote it.
select
    timings.asset,
    count(*) as run_count,
    count(*) filter (where timings.outcome = 'written') as written_count,
    count(*) filter (where timings.outcome = 'failed') as failed_count,
    percentile_cont(0.5) within group (order by timings.seconds) filter (where timings.outcome = 'written') as median_seconds,
    max(timings.seconds) filter (where timings.outcome = 'written') as longest_seconds,
    max(timings.peak_memory_bytes) filter (where timings.outcome = 'written') as peak_memory_bytes
from ops.timings
group by timings.asset
order by timings.asset
