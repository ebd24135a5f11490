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
    under three letters, one under six. Two words whose sets meet may be misspellings of each other.
    The idea is SymSpell's (Wolf Garbe, 2012).
#}
{% macro shortened_spellings(word) -%}
(
    select left({{ word }}, 7) as spelling
    union
    select overlay(left({{ word }}, 7) placing '' from first_cut.place for 1) as spelling
    from generate_series(1, least(length({{ word }}), 7)) as first_cut (place)
    where length({{ word }}) >= 3
    union
    select overlay(overlay(left({{ word }}, 7) placing '' from first_cut.place for 1) placing '' from second_cut.place for 1) as spelling
    from generate_series(2, least(length({{ word }}), 7)) as first_cut (place)
    cross join lateral generate_series(1, first_cut.place - 1) as second_cut (place)
    where length({{ word }}) >= 6
)
{%- endmacro %}

{# A count of answers that is safe to ask for: 1 to 100, 20 or what is given where it is null. #}
{% macro clamped(max_results, fallback) -%}
least(greatest(coalesce({{ max_results }}, {{ fallback }}), 1), 100)
{%- endmacro %}
