-- One row per number of stars that readers gave; their own ratings, not the counts that the source brings.
select
    ratings_by_work.stars,
    count(*) as rating_count,
    count(distinct ratings_by_work.reader_id) as reader_count,
    count(distinct ratings_by_work.work_id) as work_count,
    round(100.0 * count(*) / sum(count(*)) over (), 2) as rating_pct
from gold.ratings_by_work
group by ratings_by_work.stars
order by ratings_by_work.stars
