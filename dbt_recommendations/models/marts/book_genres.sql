{{ config(indexes=[
    {'columns': ['work_id', 'genre_id'], 'unique': true},
    {'columns': ['genre_id']},
]) }}

with work_genres as (
    select * from {{ source('gold', 'work_genres') }}
),

genres as (
    select * from {{ source('gold', 'genres') }}
)

select
    work_genres.work_id,
    work_genres.genre_id,
    genres.name as genre
from work_genres
inner join genres on work_genres.genre_id = genres.genre_id
