{{ config(
    indexes=[{'columns': ['work_id', 'searched_title'], 'unique': true}],
    post_hook=[
        'create index on {{ this }} (searched_title collate "C")',
        'create index on {{ this }} using gin (searched_title public.gin_trgm_ops)',
    ],
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
        {{ normalised('title') }} as title,
        {{ normalised('source_title') }} as source_title,
        {{ normalised("substring(title from '^(.+?)[:(]')") }} as main_title,
        {{ normalised('series_name') }} as series,
        {{ normalised("series_name || ' ' || series_number") }} as numbered_series
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
    cross join lateral (
        values
        ('title', titles.title),
        ('title', titles.source_title),
        ('title', titles.numbered_series),
        ('title start', titles.main_title),
        ('series', titles.series)
    ) as form (title_form, searched_title)
    where form.searched_title <> ''
)

select distinct on (work_id, searched_title)
    work_id,
    edition_id,
    title_form,
    searched_title
from forms
order by
    work_id asc,
    searched_title asc,
    title_form = 'title' desc,
    title_form = 'title start' desc,
    is_best_edition desc,
    rating_count desc nulls last,
    edition_id asc
