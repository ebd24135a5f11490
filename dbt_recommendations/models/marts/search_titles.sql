{{ config(
    indexes=[{'columns': ['work_id', 'searched_title'], 'unique': true}, {'columns': ['searched_title']}],
    post_hook='create index on {{ this }} using gin (searched_title public.gin_trgm_ops)',
) }}

with editions as (
    select * from {{ ref('editions') }}
),

titles as (
    select
        work_id,
        edition_id,
        is_best_edition,
        rating_count,
        array[
            {{ normalised('title') }},
            {{ normalised('source_title') }},
            {{ normalised("series_name || ' ' || series_number") }},
            {{ normalised("substring(title from '^(.+?)[:(]')") }},
            {{ normalised('series_name') }}
        ] as searched_titles,
        array['title', 'title', 'title', 'title start', 'series'] as title_forms
    from editions
),

forms as (
    select
        titles.work_id,
        titles.edition_id,
        titles.is_best_edition,
        titles.rating_count,
        form.title_form,
        form.searched_title
    from titles
    cross join lateral unnest(titles.title_forms, titles.searched_titles) as form (title_form, searched_title)
    where form.searched_title <> ''
)

select distinct on (work_id, searched_title)
    work_id,
    edition_id,
    title_form,
    -- By code points, so that a range of the index holds the titles that begin with a text.
    searched_title collate "C" as searched_title
from forms
order by
    work_id asc,
    searched_title asc,
    title_form = 'title' desc,
    title_form = 'title start' desc,
    is_best_edition desc,
    rating_count desc nulls last,
    edition_id asc
