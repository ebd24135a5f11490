-- A publication by hand: few books, functions of the agreed signatures with the simplest bodies that can be right or wrong.
create table recommendations.books (
    work_id bigint primary key, title text not null, authors text, series_name text, series_number text, language_code text,
    isbn13 text, first_publish_year int, edition_count int not null, rating_count bigint not null, reader_count bigint not null,
    average_stars numeric(3, 2), best_edition_id bigint not null
);
insert into recommendations.books values
(1, 'Harry Potter and the Half-Blood Prince', 'J.K. Rowling', 'Harry Potter', '6', 'eng', null, 2005, 1, 2298124, 3, 4.57, 1),
(2, 'Harry Potter and the Order of the Phoenix', 'J.K. Rowling', 'Harry Potter', '5', 'eng', '9786500000012', 2003, 3, 2358637, 5, 4.50, 22),
(3, '<script>alert(1)</script> *bold* [x](javascript:alert(1)) $x^2$ :smile: www.example.com', null, null, null, null, null, null, 1, 0, 0, null, 3),
(4, 'Ἰλιάς', 'Ὅμηρος', null, null, 'grc', null, -750, 1, 12, 0, 4.00, 4),
(5, 'Good Omens', 'Terry Pratchett, Neil Gaiman', null, null, 'eng', null, 1990, 1, 1, 1, 5.00, 5);

alter table recommendations.books add column description text, add column genres text;
update recommendations.books set description = 'A *comedy* of the end.', genres = 'Comedy, Fantasy' where work_id = 5;
create table recommendations.book_genres (work_id bigint, genre_id bigint, genre text);
insert into recommendations.book_genres values (5, 2, 'Fantasy'), (5, 1, 'Comedy');
create table recommendations.download_links (work_id bigint, edition_id bigint, url text);
insert into recommendations.download_links values
(5, 5, 'https://books.example/<omens>.epub'), (5, 5, 'http://books.example/plain.epub'), (5, 5, 'javascript:alert(1)');

create table recommendations.book_authors (work_id bigint, author_id bigint, name text, author_position int);
insert into recommendations.book_authors values
(1, 10, 'J.K. Rowling', 1), (2, 10, 'J.K. Rowling', 1), (4, 40, 'Ὅμηρος', 1), (5, 52, 'Neil Gaiman', 2), (5, 51, 'Terry Pratchett', 1);

create table recommendations.editions (
    edition_id bigint primary key, work_id bigint, isbn10 text, isbn13 text, title text not null, source_title text not null,
    series_name text, series_number text, publisher text, language_code text, description text, page_count int,
    publish_year int, rating_count bigint, average_stars numeric(3, 2), is_best_edition boolean not null, publish_date date,
    grouping_rule text not null default 'alone', grouping_evidence text not null default 'title=a b'
);
insert into recommendations.editions
(edition_id, work_id, isbn10, isbn13, title, source_title, publisher, language_code, description, page_count, publish_year,
 rating_count, is_best_edition) values
(1, 1, null, null, 'Harry Potter and the Half-Blood Prince', 'x', 'Scholastic Inc.', 'eng', null, 652, 2006, 2298124, true),
(20, 2, null, null, 'Harry Potter and the Order of the Phoenix', 'x', null, null, null, null, null, null, false),
(21, 2, null, null, 'Harry Potter e a Ordem da Fénix', 'x', 'Presença', 'por', 'Uma descrição.', 750, 2003, 1200, false),
(22, 2, '0439358078', '9786500000012', 'Harry Potter and the Order of the Phoenix', 'x', 'Scholastic Inc.', 'eng',
 'There is a door. <b>Bold</b> *claims*', 870, 2004, 2357437, true),
(3, 3, null, null, '<script>alert(1)</script>', 'x', '=1+1', null, null, null, null, null, true),
(4, 4, null, null, 'Ἰλιάς', 'x', null, 'grc', null, 600, -750, 12, true),
(5, 5, null, null, 'Good Omens', 'x', 'Gollancz', 'eng', null, 288, 1990, 1, true);
update recommendations.editions set grouping_rule = 'same_title_and_author',
    grouping_evidence = 'title=harry potter and the order of the phoenix author=j k rowling'
where edition_id in (20, 22);
update recommendations.editions set grouping_rule = 'stated_title', grouping_evidence = 'title=<b>e a ordem author=j k rowling name=order'
where edition_id = 21;

create table recommendations.row_ledger (source_table text, outcome text, reason text, row_count bigint);
insert into recommendations.row_ledger values
('book', 'read', '', 10), ('book', 'kept', '', 7), ('book', 'merged', 'same_id', 2), ('book', 'rejected', 'no_title', 1),
('rating', 'read', '', 3), ('rating', 'kept', '', 2);

create table recommendations.ledger_rows (
    ledger_row_id text primary key, source_table text, outcome text, reason text, source_key text, into_key text, source_row text,
    source_file text, source_line bigint
);
insert into recommendations.ledger_rows values
('a', 'book', 'merged', 'same_id', '7', '7', '{"Id":"7","Name":"<b>Dune</b>"}', 'book.csv', 12),
('b', 'book', 'merged', 'same_id', '8', '8', '{"Id":"8","Name":"=1+1"}', 'book.csv', 4),
('c', 'book', 'rejected', 'no_title', '9', null, '{"Id":"9"}', null, null);

create function recommendations.search_books(query text, max_results int default 20)
returns table (
    work_id bigint, title text, authors text, score double precision, matched_edition_id bigint, match_reason text, corrected_query text
) language sql stable as $$
    select work_id, title, authors, rating_count::double precision, best_edition_id,
        case lower(query) when 'hary poter' then 'similar' else 'title' end, case lower(query) when 'hary poter' then 'harry potter' end
    from recommendations.books
    where title ilike '%' || case lower(query) when 'hary poter' then 'harry potter' else query end || '%'
    order by rating_count desc
    limit max_results
$$;

create function recommendations.suggest(prefix text, max_results int default 10)
returns table (work_id bigint, title text, authors text) language sql stable as $$
    select work_id, title, authors from recommendations.books where title ilike prefix || '%' order by rating_count desc limit max_results
$$;

create function recommendations.similar_to(work bigint, max_results int default 20)
returns table (work_id bigint, title text, authors text, score double precision, reason text, shared text) language sql stable as $$
    select other.work_id, other.title, other.authors, 0.5::double precision, 'content'::text, 'author ' || this.authors
    from recommendations.books as this
    inner join recommendations.books as other on this.authors = other.authors and this.work_id <> other.work_id
    where this.work_id = work
    order by other.rating_count desc
    limit max_results
$$;

create function recommendations.recommend_for(liked bigint[], disliked bigint[], max_results int default 20)
returns table (work_id bigint, title text, authors text, score double precision, reasons jsonb) language sql stable as $$
    select
        other.work_id, other.title, other.authors, count(*)::double precision,
        jsonb_agg(jsonb_build_object(
            'work_id', mine.work_id, 'title', mine.title, 'share', 1.0, 'kind', 'content', 'direction', 'for',
            'judgement', 'liked', 'shared', 'author ' || mine.authors, 'term', 0.25
        ))
    from recommendations.books as mine
    inner join recommendations.books as other on mine.authors = other.authors
    where mine.work_id = any(liked) and other.work_id <> all(liked || disliked)
    group by other.work_id
    order by other.rating_count desc
    limit max_results
$$;

grant usage on schema recommendations to booklake_app;
grant select on all tables in schema recommendations to booklake_app;
