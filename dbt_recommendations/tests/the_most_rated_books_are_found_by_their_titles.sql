-- Fails with the books that are not on the first page of the answers to their own titles.
with books as (
    select
        work_id,
        title
    from {{ ref('books') }}
    where length(title) <= {{ var('longest_query') }} and search_title <> ''
    order by rating_count desc, work_id asc
    limit 25
)

select
    books.work_id,
    books.title
from books
where books.work_id not in (select found.work_id from {{ ref('search_books') }}(books.title, 20) as found)
