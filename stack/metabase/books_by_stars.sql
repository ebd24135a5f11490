-- title: How books are rated
-- description: Books by their average stars, in steps of a quarter; those that nobody has rated are left out.
-- empty: Nobody has rated a book yet.
-- section: books
-- place: 2
-- chart: columns
-- across: stars_from
-- values: book_count
-- column: stars_from = Average stars, from
-- column: book_count = Books
-- Counted by average first: a library has many books and few averages.
with averages as (
    select
        books.average_stars,
        count(*) as book_count
    from recommendations.books
    where books.average_stars is not null
    group by books.average_stars
),

rated as (
    select
        floor(averages.average_stars * 4) / 4 as lower_bound,
        sum(averages.book_count) as book_count
    from averages
    group by lower_bound
),

bounds as (
    select generate_series(min(rated.lower_bound), max(rated.lower_bound), 0.25) as lower_bound
    from rated
)

select
    to_char(bounds.lower_bound, 'FM0.00') as stars_from,
    coalesce(rated.book_count, 0)::bigint as book_count
from bounds
left join rated on bounds.lower_bound = rated.lower_bound
order by bounds.lower_bound
