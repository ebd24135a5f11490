{{ config(indexes=[
    {'columns': ['edition_id'], 'unique': true},
    {'columns': ['work_id']},
    {'columns': ['isbn10']},
    {'columns': ['isbn13']},
]) }}

select
    edition_id,
    work_id,
    isbn10,
    isbn13,
    title,
    source_title,
    series_name,
    series_number,
    publisher,
    language_code,
    description,
    page_count,
    publish_year,
    rating_count,
    average_stars,
    is_best_edition,
    grouping_rule,
    grouping_evidence,
    publish_date
from {{ source('gold', 'editions') }}
