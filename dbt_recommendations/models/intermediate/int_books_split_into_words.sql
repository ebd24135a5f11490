{{ config(indexes=[{'columns': ['work_id', 'word'], 'unique': true}]) }}

with titles as (
    select * from {{ ref('search_titles') }}
),

author_names as (
    select
        work_id,
        {{ normalised('name') }} as searched_name
    from {{ ref('book_authors') }}
),

searched_texts as (
    select
        work_id,
        searched_title as searched_text
    from titles
    union all
    select
        work_id,
        searched_name as searched_text
    from author_names
    union all
    select
        work_id,
        {{ joined_initials('searched_name') }} as searched_text
    from author_names
)

select distinct
    searched_texts.work_id,
    words.word
from searched_texts
cross join lateral string_to_table(searched_texts.searched_text, ' ') as words (word)
where words.word <> ''
