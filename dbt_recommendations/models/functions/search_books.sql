{{ config(
    arguments='query text, max_results integer default 20',
    returns='table (
        work_id bigint, title text, authors text, score double precision,
        matched_edition_id bigint, match_reason text, corrected_query text
    )',
    settings={'jit': 'off'},
) }}

with asked as (
    select
        case when length(query) <= {{ var('longest_query') }} then {{ ref('normalise') }}(query) else '' end as asked_text,
        case
            when query ~* '^\s*(isbn(-?1[03])?:?)?\s*[0-9][0-9 –-]{7,15}[0-9x]\s*$'
                then regexp_replace(upper(regexp_replace(query, '^\s*isbn(-?1[03])?', '', 'i')), '[^0-9X]', '', 'g')
        end as isbn
),

isbn_matches as (
    select
        editions.work_id,
        editions.edition_id,
        'isbn' as match_reason,
        3.0 as score,
        null as matched_text
    from asked
    inner join {{ ref('editions') }} as editions on asked.isbn = editions.isbn13
    union all
    select
        editions.work_id,
        editions.edition_id,
        'isbn' as match_reason,
        3.0 as score,
        null as matched_text
    from asked
    -- Spreadsheets drop the zeros that an ISBN-10 begins with.
    inner join {{ ref('editions') }} as editions on lpad(asked.isbn, 10, '0') = editions.isbn10
    where length(asked.isbn) <= 10
),

title_matches as (
    select
        titles.work_id,
        titles.edition_id,
        titles.title_form as match_reason,
        case when titles.title_form = 'title' then 2.0 else 1.5 end as score,
        asked.asked_text as matched_text
    from asked
    inner join {{ ref('search_titles') }} as titles on asked.asked_text = titles.searched_title
),

asked_words as (
    select
        words.word_position,
        words.word,
        known.book_count,
        known.rarity
    from asked
    cross join lateral unnest(string_to_array(asked.asked_text, ' ')) with ordinality as words (word, word_position)
    left join {{ ref('search_words') }} as known on words.word = known.word
    where words.word <> ''
),

alike_words as (
    select distinct
        asked_words.word_position,
        asked_words.word as asked_word,
        asked_words.book_count as asked_count,
        spellings.word
    from asked_words
    cross join lateral {{ shortened_spellings('asked_words.word') }} as shortened
    inner join {{ ref('search_spellings') }} as spellings on shortened.spelling = spellings.spelling
    where spellings.word <> asked_words.word
),

measured_words as (
    select
        word_position,
        word,
        asked_count,
        left(word, 1) <> left(asked_word, 1) as has_other_initial,
        case
            when asked_count is null and length(asked_word) >= {{ var('long_word_letters') }} then 2 else 1
        end as allowed_distance,
        {{ ref('edit_distance') }}(asked_word, word) as distance
    from alike_words
),

ranked_words as (
    select
        measured_words.word_position,
        measured_words.word,
        words.book_count,
        words.rarity,
        1 - 0.15 * measured_words.distance
        - case when measured_words.has_other_initial then 0.05 else 0 end
        - case when measured_words.asked_count > 0 then 0.2 else 0 end as closeness,
        row_number() over (
            partition by measured_words.word_position
            order by
                measured_words.distance asc,
                measured_words.has_other_initial asc,
                words.book_count desc,
                measured_words.word asc
        ) as spelling_rank
    from measured_words
    inner join {{ ref('search_words') }} as words on measured_words.word = words.word
    where
        measured_words.distance <= measured_words.allowed_distance
        and words.book_count > coalesce(measured_words.asked_count, 0) * {{ var('better_known_times') }}
),

meant_words as (
    select
        word_position,
        word,
        book_count,
        rarity,
        1.0 as closeness
    from asked_words
    where book_count is not null
    union all
    select
        word_position,
        word,
        book_count,
        rarity,
        closeness
    from ranked_words
    where spelling_rank <= {{ var('spellings_per_word') }}
),

reaches as (
    select
        word_position,
        sum(book_count) as reach,
        row_number() over (order by sum(book_count), word_position) as reach_rank
    from meant_words
    group by word_position
),

leading_words as (
    select meant_words.word
    from meant_words
    inner join reaches on meant_words.word_position = reaches.word_position
    where reaches.reach_rank = 1 or (reaches.reach_rank <= 3 and reaches.reach <= {{ var('rare_word_books') }})
),

candidates as (
    select
        work_id,
        search_words
    from {{ ref('books') }}
    where search_words && array(select leading_words.word from leading_words)
    order by rating_count desc, reader_count desc, work_id asc
    limit {{ var('scored_candidates') }}
),

covered_words as (
    select distinct on (candidates.work_id, meant_words.word_position)
        candidates.work_id,
        meant_words.word_position,
        meant_words.word,
        meant_words.closeness
    from candidates
    cross join lateral unnest(candidates.search_words) as held (word)
    inner join meant_words on held.word = meant_words.word
    order by
        candidates.work_id asc,
        meant_words.word_position asc,
        meant_words.closeness desc,
        meant_words.book_count desc,
        meant_words.word asc
),

least_rarities as (
    select
        word_position,
        min(rarity) as rarity
    from meant_words
    group by word_position
),

weighed_words as materialized (
    select
        asked_words.word_position,
        asked_words.word,
        coalesce(
            asked_words.rarity,
            least_rarities.rarity,
            -- A word that no book holds counts half, so that one slip of this kind does not hide what the other words say.
            (select max(words.rarity) / 2 from {{ ref('search_words') }} as words),
            1
        ) as rarity
    from asked_words
    left join least_rarities on asked_words.word_position = least_rarities.word_position
),

covered_shares as (
    select
        candidates.work_id,
        sum(coalesce(covered_words.closeness, 0) * weighed_words.rarity) / sum(weighed_words.rarity) as covered_share,
        string_agg(coalesce(covered_words.word, weighed_words.word), ' ' order by weighed_words.word_position) as matched_text
    from candidates
    cross join weighed_words
    left join covered_words
        on candidates.work_id = covered_words.work_id and weighed_words.word_position = covered_words.word_position
    group by candidates.work_id
),

well_covered as (
    select
        work_id,
        covered_share,
        matched_text,
        max(covered_share) over () as best_share
    from covered_shares
    where covered_share >= {{ var('least_covered_share') }}
),

word_matches as (
    select distinct on (well_covered.work_id)
        well_covered.work_id,
        titles.edition_id,
        case when well_covered.covered_share = 1 then 'words' else 'similar' end as match_reason,
        0.6 * well_covered.covered_share
        + 0.3 * round(similarity(well_covered.matched_text, titles.searched_title)::numeric, 4)
        + 0.1 * round(least(ln(1 + books.rating_count::double precision) / 16, 1)::numeric, 4) as score,
        well_covered.matched_text
    from well_covered
    inner join {{ ref('books') }} as books on well_covered.work_id = books.work_id
    inner join {{ ref('search_titles') }} as titles on well_covered.work_id = titles.work_id
    where well_covered.covered_share >= well_covered.best_share - {{ var('covered_share_margin') }}
    order by
        well_covered.work_id asc,
        similarity(well_covered.matched_text, titles.searched_title) desc,
        titles.edition_id = books.best_edition_id desc,
        titles.edition_id asc
),

certain_matches as (
    select * from isbn_matches
    union all
    select * from title_matches
    union all
    select * from word_matches
),

blurred_matches as (
    select
        titles.work_id,
        titles.edition_id,
        'similar' as match_reason,
        0.6 * round(word_similarity(asked.asked_text, titles.searched_title)::numeric, 4) as score,
        asked.asked_text as matched_text
    from asked
    -- `<%`: a word similarity of 0.6 or more, unless the server is set otherwise.
    inner join {{ ref('search_titles') }} as titles on asked.asked_text <% titles.searched_title
    where not exists (select certain_matches.work_id from certain_matches) and length(asked.asked_text) > 3
),

best_matches as (
    select distinct on (matches.work_id) matches.*
    from (
        select * from certain_matches
        union all
        select * from blurred_matches
    ) as matches
    order by matches.work_id asc, matches.score desc, matches.edition_id asc
),

ranked_books as (
    select
        books.work_id,
        books.title,
        books.authors,
        best_matches.score,
        best_matches.edition_id,
        best_matches.match_reason,
        best_matches.matched_text,
        row_number() over (
            order by best_matches.score desc, books.rating_count desc, books.reader_count desc, books.work_id asc
        ) as book_rank
    from best_matches
    inner join {{ ref('books') }} as books on best_matches.work_id = books.work_id
)

select
    ranked_books.work_id,
    ranked_books.title,
    ranked_books.authors,
    round(ranked_books.score, 6)::double precision as score,
    ranked_books.edition_id as matched_edition_id,
    ranked_books.match_reason,
    nullif(first_value(ranked_books.matched_text) over (order by ranked_books.book_rank), asked.asked_text) as corrected_query
from ranked_books
cross join asked
where ranked_books.book_rank <= {{ clamped('max_results', 20) }}
order by ranked_books.book_rank
