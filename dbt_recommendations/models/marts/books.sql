{{ config(indexes=[
    {'columns': ['work_id'], 'unique': true},
    {'columns': ['search_words'], 'type': 'gin'},
]) }}

with works as (
    select * from {{ source('gold', 'works') }}
),

titles as (
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
),

words_of_works as (
    select
        searched_texts.work_id,
        array_agg(distinct words.word order by words.word) as search_words
    from searched_texts
    cross join lateral string_to_table(searched_texts.searched_text, ' ') as words (word)
    where words.word <> ''
    group by searched_texts.work_id
)

select
    works.work_id,
    works.best_edition_id,
    works.title,
    works.authors,
    works.series_name,
    works.series_number,
    works.language_code,
    works.isbn13,
    {{ normalised('works.title') }} as search_title,
    coalesce(words_of_works.search_words, '{}') as search_words,
    works.first_publish_year,
    works.edition_count,
    works.rating_count,
    works.reader_count,
    works.average_stars
from works
left join words_of_works on works.work_id = words_of_works.work_id
