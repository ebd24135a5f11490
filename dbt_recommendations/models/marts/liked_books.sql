{{ config(indexes=[{'columns': ['reader_id', 'work_id'], 'unique': true}, {'columns': ['work_id', 'reader_id']}]) }}

select
    reader_id,
    work_id
from {{ source('gold', 'ratings_by_work') }}
where stars >= {{ var('liked_from_stars') }}
