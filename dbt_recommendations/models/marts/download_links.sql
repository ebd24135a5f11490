{{ config(indexes=[
    {'columns': ['edition_id', 'url'], 'unique': true},
    {'columns': ['work_id']},
]) }}

with download_links as (
    select * from {{ source('gold', 'download_links') }}
),

editions as (
    select * from {{ ref('editions') }}
)

select
    editions.work_id,
    download_links.edition_id,
    download_links.url
from download_links
inner join editions on download_links.edition_id = editions.edition_id
