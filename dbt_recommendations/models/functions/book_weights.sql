{{ config(
    arguments='of_work_ids bigint[]',
    returns='table (of_work_id bigint, work_id bigint, kind text, weight numeric)',
    settings={'jit': 'off'},
) }}

with asked as (
    select
        work_id,
        liked_count
    from {{ ref('books') }}
    where work_id = any(of_work_ids)
),

shared_readers as (
    select
        liked.work_id as of_work_id,
        theirs.work_id,
        count(*) as shared_count
    from {{ ref('liked_books') }} as liked
    inner join {{ ref('liked_books') }} as theirs on liked.reader_id = theirs.reader_id and liked.work_id <> theirs.work_id
    where liked.work_id = any(of_work_ids)
    group by liked.work_id, theirs.work_id
),

shared_authors as (
    select distinct
        asked.work_id as of_work_id,
        theirs.work_id
    from asked
    inner join {{ ref('book_authors') }} as book_authors on asked.work_id = book_authors.work_id
    inner join {{ ref('book_authors') }} as theirs
        on book_authors.author_id = theirs.author_id and book_authors.work_id <> theirs.work_id
)

select
    asked.work_id as of_work_id,
    books.work_id,
    'readers' as kind,
    round(
        shared_readers.shared_count
        / (sqrt(asked.liked_count::numeric * books.liked_count) + {{ var('readers_until_trusted') }}),
        6
    ) as weight
from shared_readers
inner join asked on shared_readers.of_work_id = asked.work_id
inner join {{ ref('books') }} as books on shared_readers.work_id = books.work_id
union all
select
    shared_authors.of_work_id,
    shared_authors.work_id,
    'author' as kind,
    {{ var('shared_author_weight') }} as weight
from shared_authors
