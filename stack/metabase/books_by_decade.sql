-- title: Books by decade
-- description: When each book first appeared, by the earliest year that an edition names.
-- empty: There is no book yet.
-- section: books
-- place: 1
-- chart: columns
-- across: decade
-- values: book_count
-- column: decade = Decade
-- column: book_count = Books
-- Counted by year first: a library has many books and few years.
with years as (
    select
        books.first_publish_year,
        count(*) as book_count
    from recommendations.books
    group by books.first_publish_year
)

select
    case
        when years.first_publish_year is null then 'not known'
        when years.first_publish_year < 1800 then 'before 1800'
        else (years.first_publish_year / 10) * 10 || 's'
    end as decade,
    sum(years.book_count)::bigint as book_count
from years
group by decade
order by min(years.first_publish_year) asc nulls last
