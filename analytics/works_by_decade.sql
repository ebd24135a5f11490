-- One row per decade in which works first appeared; null where that is not known.
select
    floor(works.first_publish_year / 10.0)::integer * 10 as first_publish_decade,
    count(*) as work_count,
    sum(works.edition_count)::bigint as edition_count,
    sum(works.rating_count)::bigint as rating_count
from gold.works
group by first_publish_decade
order by first_publish_decade asc nulls last
