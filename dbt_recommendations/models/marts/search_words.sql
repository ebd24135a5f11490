{{ config(indexes=[{'columns': ['word'], 'unique': true}]) }}

select
    words.word,
    count(*) as book_count
from {{ ref('books') }} as books
cross join lateral unnest(books.search_words) as words (word)
group by words.word
