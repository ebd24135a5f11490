{#
    Text as search compares it: NFKC, without accents and case, apostrophes removed (`Ender's` is `enders`), other
    punctuation a space, spaces collapsed; '' for null. The function `normalise` is this expression.
#}
{% macro normalised(text) -%}
btrim(regexp_replace(
    translate(
        lower(public.unaccent('public.unaccent'::regdictionary, normalize(coalesce({{ text }}, ''), nfkc))),
        '''`´‘’ʼ′', ''
    ),
    '[^[:alnum:]]+', ' ', 'g'
))
{%- endmacro %}

{# Initials drawn together: `j k rowling` is `jk rowling`. #}
{% macro joined_initials(normalised_name) -%}
regexp_replace({{ normalised_name }}, '\m([[:alpha:]]) (?=[[:alpha:]]\M)', '\1', 'g')
{%- endmacro %}

{#
    A subquery of the strings that are left when up to two letters of a word's first seven are removed: none from words
    under three letters, one from words under `long_word_letters`. Two words whose sets meet may be misspellings of each other.
    The idea is SymSpell's (Wolf Garbe, 2012). Values instead of generate_series, as Postgres knows how many they are.
#}
{% macro shortened_spellings(word) -%}
(
    with beginning as (
        select left({{ word }}, 7) as letters
    ),

    cuts as (
        select places.place
        from (values (1), (2), (3), (4), (5), (6), (7)) as places (place)
        where places.place <= length({{ word }})
    )

    select beginning.letters as spelling
    from beginning
    union
    select left(beginning.letters, cuts.place - 1) || substr(beginning.letters, cuts.place + 1) as spelling
    from beginning
    cross join cuts
    where length({{ word }}) >= 3
    union
    select
        left(beginning.letters, cuts.place - 1)
        || substr(beginning.letters, cuts.place + 1, later_cuts.place - cuts.place - 1)
        || substr(beginning.letters, later_cuts.place + 1) as spelling
    from beginning
    cross join cuts
    inner join cuts as later_cuts on cuts.place < later_cuts.place
    where length({{ word }}) >= {{ var('long_word_letters') }}
)
{%- endmacro %}

{# A count of answers that is safe to ask for: 1 to 100, 20 or what is given where it is null. #}
{% macro clamped(max_results, fallback) -%}
least(greatest(coalesce({{ max_results }}, {{ fallback }}), 1), 100)
{%- endmacro %}
