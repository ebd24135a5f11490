-- One row per genre; a work counts in each of its genres.
select
    book_genres.genre_id,
    book_genres.genre,
    count(*) as work_count,
    sum(works.rating_count)::bigint as rating_count
from recommendations.book_genres
inner join gold.works on book_genres.work_id = works.work_id
group by book_genres.genre_id, book_genres.genre
order by work_count desc, book_genres.genre_id asc
