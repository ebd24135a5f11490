-- title: Books by language
-- description: The language of each book's best edition; the twelve most frequent, then the others and what is not known.
-- empty: There is no book yet.
-- section: books
-- place: 4
-- chart: bars
-- across: language_code
-- values: book_count
-- column: language_code = Language
-- column: book_count = Books
with languages as (
    select
        books.language_code,
        count(*) as book_count,
        row_number() over (order by count(*) desc, books.language_code asc) as place
    from recommendations.books
    where books.language_code is not null
    group by books.language_code
),

named as (
    select
        case when languages.place <= 12 then languages.language_code else 'others' end as language_code,
        least(languages.place, 13) as place,
        languages.book_count
    from languages
    union all
    select
        'not known' as language_code,
        14 as place,
        count(*) as book_count
    from recommendations.books
    where books.language_code is null
    having count(*) > 0
)

select
    named.language_code,
    sum(named.book_count)::bigint as book_count
from named
group by named.language_code, named.place
order by named.place
