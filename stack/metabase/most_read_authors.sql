-- title: The most read authors
-- description: The fifteen authors with the most ratings of all their books together.
-- empty: Nobody has rated a book with an author yet.
-- section: books
-- place: 6
-- chart: bars
-- across: author
-- values: rating_count
-- column: author = Author
-- column: rating_count = Ratings
-- column: book_count = Books
-- Names are looked up for the fifteen alone.
with authors as (
    select
        book_authors.author_id,
        sum(books.rating_count)::bigint as rating_count,
        count(*) as book_count
    from recommendations.book_authors
    inner join recommendations.books on book_authors.work_id = books.work_id
    group by book_authors.author_id
    having sum(books.rating_count) > 0
    order by rating_count desc, book_authors.author_id asc
    limit 15
),

names as (
    select
        book_authors.author_id,
        min(book_authors.name) as author
    from recommendations.book_authors
    where book_authors.author_id in (select authors.author_id from authors)
    group by book_authors.author_id
)

select
    names.author,
    authors.rating_count,
    authors.book_count
from authors
inner join names on authors.author_id = names.author_id
order by authors.rating_count desc, authors.author_id asc
