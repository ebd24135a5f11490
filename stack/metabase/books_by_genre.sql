-- title: Books by genre
-- description: The fifteen most frequent genres; a book counts in each of its own.
-- empty: No book has a genre yet.
-- section: books
-- place: 3
-- chart: bars
-- across: genre
-- values: book_count
-- column: genre = Genre
-- column: book_count = Books
select
    book_genres.genre,
    count(*) as book_count
from recommendations.book_genres
group by book_genres.genre
order by book_count desc, book_genres.genre asc
limit 15
