{{ config(indexes=[
    {'columns': ['work_id', 'similar_work_id'], 'unique': true},
    {'columns': ['work_id', 'similarity_rank'], 'unique': true},
]) }}

with similar_works as (
    select * from {{ source('gold', 'similar_works') }}
)

-- The rows of a work stand together, so that a question reads few pages; as decimals their sums have no order.
select
    work_id,
    similar_work_id,
    kind,
    shared,
    similarity_rank,
    weight::numeric(9, 6) as weight
from similar_works
order by work_id, similarity_rank
