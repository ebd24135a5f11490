{{ config(
    arguments="liked bigint[], disliked bigint[] default '{}', max_results integer default 20",
    returns='table (work_id bigint, title text, authors text, score double precision, reasons jsonb)',
    settings={'jit': 'off'},
) }}

with judged as (
    select
        judgements.work_id,
        sum(judgements.sign) as sign
    from (
        select distinct
            likes.work_id,
            1 as sign
        from unnest(liked) as likes (work_id)
        union all
        select distinct
            dislikes.work_id,
            -1 as sign
        from unnest(disliked) as dislikes (work_id)
    ) as judgements
    where judgements.work_id is not null
    group by judgements.work_id
),

known_books as (
    select array_agg(work_id) as work_ids
    from judged
),

sources as (
    select
        work_id,
        sign
    from judged
    where sign <> 0
),

terms as (
    select
        similar_works.similar_work_id as work_id,
        sources.work_id as of_work_id,
        sources.sign,
        similar_works.kind,
        similar_works.shared,
        sources.sign * similar_works.weight as term
    from sources
    inner join {{ ref('similar_works') }} as similar_works on sources.work_id = similar_works.work_id
    cross join known_books
    where similar_works.similar_work_id <> all(known_books.work_ids)
),

scored as (
    select
        terms.work_id,
        sum(terms.term) as score,
        sum(terms.term) filter (where terms.term > 0) as positive_sum
    from terms
    group by terms.work_id
    having sum(terms.term) > 0
),

ranked as (
    select
        books.work_id,
        books.title,
        books.authors,
        scored.score,
        scored.positive_sum,
        row_number() over (
            order by scored.score desc, books.rating_count desc, books.reader_count desc, books.work_id asc
        ) as book_rank
    from scored
    inner join {{ ref('books') }} as books on scored.work_id = books.work_id
),

ranked_terms as (
    select
        terms.work_id,
        terms.of_work_id,
        terms.sign,
        terms.kind,
        terms.shared,
        terms.term,
        round(abs(terms.term) / ranked.positive_sum, 6) as term_share,
        row_number() over (
            partition by terms.work_id
            order by abs(terms.term) desc, terms.term desc, terms.of_work_id asc
        ) as term_rank
    from terms
    inner join ranked on terms.work_id = ranked.work_id
    where ranked.book_rank <= {{ clamped('max_results', 20) }}
),

reasons as (
    select
        ranked_terms.work_id,
        jsonb_agg(
            jsonb_build_object(
                'work_id', books.work_id,
                'title', books.title,
                'share', ranked_terms.term_share,
                'kind', ranked_terms.kind,
                'direction', case when ranked_terms.term > 0 then 'for' else 'against' end,
                'judgement', case when ranked_terms.sign > 0 then 'liked' else 'disliked' end,
                'shared', ranked_terms.shared,
                'term', ranked_terms.term
            )
            order by ranked_terms.term_rank
        ) as reasons
    from ranked_terms
    inner join {{ ref('books') }} as books on ranked_terms.of_work_id = books.work_id
    where ranked_terms.term_rank <= {{ var('listed_reasons') }}
    group by ranked_terms.work_id
)

select
    ranked.work_id,
    ranked.title,
    ranked.authors,
    ranked.score::double precision as score,
    reasons.reasons
from ranked
inner join reasons on ranked.work_id = reasons.work_id
order by ranked.book_rank
