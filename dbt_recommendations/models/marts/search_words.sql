{{ config(indexes=[{'columns': ['word'], 'unique': true}, {'columns': ['rarity']}]) }}

with book_words as (
    select * from {{ ref('int_books_split_into_words') }}
),

totals as (
    select count(distinct work_id) as book_total
    from book_words
),

counted as (
    select
        word,
        count(*) as book_count
    from book_words
    group by word
)

select
    counted.word,
    counted.book_count,
    round(ln(1 + totals.book_total::numeric / counted.book_count), 4) as rarity
from counted
cross join totals
