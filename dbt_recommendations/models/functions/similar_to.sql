{{ config(
    arguments='of_work_id bigint, max_results integer default 20',
    returns='table (work_id bigint, title text, authors text, score double precision, reason text, shared text)',
    settings={'jit': 'off'},
) }}

select
    books.work_id,
    books.title,
    books.authors,
    similar_works.weight::double precision as score,
    similar_works.kind as reason,
    similar_works.shared
from {{ ref('similar_works') }} as similar_works
inner join {{ ref('books') }} as books on similar_works.similar_work_id = books.work_id
where
    similar_works.work_id = of_work_id
    and similar_works.weight > 0
order by similar_works.similarity_rank
limit {{ clamped('max_results', 20) }}
