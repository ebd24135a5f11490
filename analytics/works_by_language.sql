-- One row per language of works' best editions, ISO 639-3; null where that is not known.
select
    works.language_code,
    count(*) as work_count,
    sum(works.edition_count)::bigint as edition_count,
    sum(works.rating_count)::bigint as rating_count
from gold.works
group by works.language_code
order by work_count desc, works.language_code asc nulls last
