{{ config(
    arguments='of_work_id bigint, max_results integer default 20',
    returns='table (work_id bigint, title text, authors text, score double precision, reason text)',
    settings={'jit': 'off'},
) }}

with similar_works as (
    select
        weights.work_id,
        sum(weights.weight) as score,
        string_agg(weights.kind, ' ' order by weights.weight desc, weights.kind desc) as reason
    from {{ ref('book_weights') }}(array[of_work_id]) as weights
    where weights.weight > 0
    group by weights.work_id
)

select
    books.work_id,
    books.title,
    books.authors,
    similar_works.score::double precision as score,
    similar_works.reason
from similar_works
inner join {{ ref('books') }} as books on similar_works.work_id = books.work_id
order by similar_works.score desc, books.rating_count desc, books.reader_count desc, books.work_id asc
limit {{ clamped('max_results', 20) }}
