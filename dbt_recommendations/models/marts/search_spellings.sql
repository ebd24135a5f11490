{{ config(indexes=[{'columns': ['spelling', 'word'], 'unique': true}]) }}

select
    shortened.spelling,
    words.word
from {{ ref('search_words') }} as words
cross join lateral {{ shortened_spellings('words.word') }} as shortened
