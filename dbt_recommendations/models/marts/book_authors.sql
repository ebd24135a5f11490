{{ config(indexes=[{'columns': ['work_id', 'author_id'], 'unique': true}, {'columns': ['author_id']}]) }}

with work_authors as (
    select * from {{ source('gold', 'work_authors') }}
),

authors as (
    select * from {{ source('gold', 'authors') }}
)

select
    work_authors.work_id,
    work_authors.author_id,
    authors.name,
    work_authors.author_position
from work_authors
inner join authors on work_authors.author_id = authors.author_id
