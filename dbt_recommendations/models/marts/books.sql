{{ config(indexes=[
    {'columns': ['work_id'], 'unique': true},
    {'columns': ['search_words'], 'type': 'gin'},
]) }}

with works as (
    select * from {{ source('gold', 'works') }}
),

words_of_works as (
    select
        work_id,
        array_agg(word order by word collate "C") as search_words
    from {{ ref('int_books_split_into_words') }}
    group by work_id
),

genres_of_works as (
    select
        work_genres.work_id,
        string_agg(genres.name, ', ' order by genres.name collate "C") as genres
    from {{ source('gold', 'work_genres') }} as work_genres
    inner join {{ source('gold', 'genres') }} as genres on work_genres.genre_id = genres.genre_id
    group by work_genres.work_id
),

downloads as (
    select distinct editions.work_id
    from {{ source('gold', 'download_links') }} as links
    inner join {{ source('gold', 'editions') }} as editions on links.edition_id = editions.edition_id
)

select
    works.work_id,
    works.best_edition_id,
    works.title,
    works.authors,
    works.series_name,
    works.series_number,
    works.language_code,
    works.description,
    genres_of_works.genres,
    downloads.work_id is not null as has_download,
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
left join genres_of_works on works.work_id = genres_of_works.work_id
left join downloads on works.work_id = downloads.work_id
