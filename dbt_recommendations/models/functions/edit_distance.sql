{{ config(arguments='first_word text, second_word text', returns='integer', volatility='immutable') }}

select
    case
        when plain.distance = 2 and exists (
            select swapped.place
            from generate_series(1, length(first_word) - 1) as swapped (place)
            where
                second_word = overlay(
                    first_word placing substr(first_word, swapped.place + 1, 1) || substr(first_word, swapped.place, 1)
                    from swapped.place for 2
                )
        ) then 1
        else plain.distance
    end
from (select public.levenshtein_less_equal(left(first_word, 255), left(second_word, 255), 2) as distance) as plain
