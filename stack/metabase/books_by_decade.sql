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
select
    case
        when books.first_publish_year is null then 'not known'
        when books.first_publish_year < 1800 then 'before 1800'
        else (books.first_publish_year / 10) * 10 || 's'
    end as decade,
    count(*) as book_count
from recommendations.books
group by decade
order by min(books.first_publish_year) asc nulls last
