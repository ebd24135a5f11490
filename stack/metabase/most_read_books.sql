-- title: The most read books
-- description: The fifteen books with the most ratings, by the source's own count.
-- empty: Nobody has rated a book yet.
-- section: books
-- place: 5
-- chart: bars
-- across: title
-- values: rating_count
-- column: work_id = Work
-- column: title = Title
-- column: authors = Authors
-- column: rating_count = Ratings
-- column: average_stars = Average stars
select
    books.work_id,
    books.title,
    books.authors,
    books.rating_count,
    books.average_stars
from recommendations.books
where books.rating_count > 0
order by books.rating_count desc, books.work_id asc
limit 15
