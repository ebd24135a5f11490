{{ config(arguments='first_word text, second_word text', returns='integer', volatility='immutable') }}

with plain as (
    select levenshtein_less_equal(left(first_word, 255), left(second_word, 255), 3) as distance
),

-- A swap of neighbours is one slip of the fingers, and two edits to levenshtein.
swapped as (
    select
        1 + levenshtein_less_equal(
            left(first_word, places.place - 1) || substr(first_word, places.place + 1, 1)
            || substr(first_word, places.place, 1) || substr(left(first_word, 255), places.place + 2),
            left(second_word, 255),
            2
        ) as distance
    from plain
    cross join lateral generate_series(1, length(left(first_word, 255)) - 1) as places (place)
    where plain.distance between 2 and 3
)

select least((select plain.distance from plain), (select min(swapped.distance) from swapped))
