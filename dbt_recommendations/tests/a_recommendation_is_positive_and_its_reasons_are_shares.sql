-- Fails with the recommendations for readers of one well-read book that are not new to them or lack a true reason.
with books as (
    select work_id
    from {{ ref('books') }}
    order by reader_count desc, work_id asc
    limit 5
),

recommendations as (
    select
        books.work_id as liked_work_id,
        recommended.work_id,
        recommended.score,
        sum((reasons.reason ->> 'share')::numeric) as explained_share
    from books
    cross join lateral {{ ref('recommend_for') }}(array[books.work_id]) as recommended
    cross join lateral jsonb_array_elements(recommended.reasons) as reasons (reason)
    group by books.work_id, recommended.work_id, recommended.score
)

select
    liked_work_id,
    work_id
from recommendations
where not coalesce(score > 0 and work_id <> liked_work_id and explained_share between 0.99999 and 1.00001, false)
