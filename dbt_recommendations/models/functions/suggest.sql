{{ config(
    arguments='prefix text, max_results integer default 10',
    returns='table (work_id bigint, title text, authors text)',
    settings={'jit': 'off'},
) }}

with asked as (
    select case when length(prefix) <= {{ var('longest_query') }} then {{ ref('normalise') }}(prefix) else '' end as asked_text
),

beginnings as (
    select
        titles.work_id,
        1.0 as closeness
    from asked
    inner join {{ ref('search_titles') }} as titles
        on
            titles.searched_title >= asked.asked_text
            -- The last character of Unicode: no title that begins with the text sorts after it.
            and titles.searched_title < asked.asked_text || chr(1114111)
    where asked.asked_text <> ''
),

blurred_beginnings as (
    select
        titles.work_id,
        round(word_similarity(asked.asked_text, titles.searched_title)::numeric, 4) as closeness
    from asked
    -- `<%`: a word similarity of 0.6 or more, unless the server is set otherwise.
    inner join {{ ref('search_titles') }} as titles on asked.asked_text <% titles.searched_title
    where not exists (select beginnings.work_id from beginnings) and length(asked.asked_text) > 3
),

found as (
    select
        matches.work_id,
        max(matches.closeness) as closeness
    from (
        select * from beginnings
        union all
        select * from blurred_beginnings
    ) as matches
    group by matches.work_id
)

select
    books.work_id,
    books.title,
    books.authors
from found
inner join {{ ref('books') }} as books on found.work_id = books.work_id
order by found.closeness desc, books.rating_count desc, books.reader_count desc, books.work_id asc
limit {{ clamped('max_results', 10) }}
