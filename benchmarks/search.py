"""How well and how fast the published catalogue is searched, beside plain ways to do it. Queries and tables belong to modules."""

import os
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click
from psycopg import Connection
from psycopg.rows import class_row

from benchmarks.search_queries import KnownBook, Query, make_queries
from benchmarks.search_report import ISBN, Answer, report
from benchmarks.search_systems import System, booklake, substring, trigrams
from catalogue.connecting import connect
from elt_pipeline.session import open_warehouse
from elt_pipeline.settings import Settings, read_settings

THRESHOLDS = (0.3, 0.5)

Bearers = Mapping[int, frozenset[str]]  # The titles, as search compares them, that a work's editions bear, by work_id.


@dataclass(frozen=True)
class Bench:
    """A catalogue, ready to be asked."""

    owner: Connection
    books: list[KnownBook]
    bearers: Bearers
    systems: list[System]


@click.command()
@click.option("--titles", default=300, show_default=True, help="How many titles of each kind of query.")
@click.option("--seed", default=7, show_default=True, help="What the sample and the slips are drawn by.")
@click.option("--env-file", default=".env", help="A file of settings; exported variables win over it. Empty: none.")
@click.option("--misses", is_flag=True, help="Also list our wrong answers.")
def main(titles: int, seed: int, env_file: str, *, misses: bool) -> None:
    """Measure the search of the published catalogue and print what was found as Markdown."""
    settings = read_settings(Path(env_file) if env_file else None)
    with opened(settings) as bench:
        queries = normalised(bench.owner, make_queries(bench.books, titles, seed))
        answers = list(ask_all(bench, queries))
        postgres = bench.owner.info.parameter_status("server_version")
    ours = bench.systems[0].name
    today = datetime.now(UTC).date()
    click.echo(
        f"{today} · {os.cpu_count()} cores · Postgres {postgres} · Python {platform.python_version()}"
        f" · {len(bench.books):,} works · {titles} titles per kind, {len(queries):,} queries, seed {seed}\n"
    )
    click.echo(report(answers, ours))
    for answer in answers:
        if misses and answer.system == ours and answer.rank != 1:
            click.echo(f"missed: {answer.query.kind}: {answer.query.text!r} for {answer.query.truth!r}, rank {answer.rank}")


@contextmanager
def opened(settings: Settings) -> Iterator[Bench]:
    """Give the catalogue of the settings with a connection for each system; ours is the first, with the app's role."""
    with open_warehouse(settings) as warehouse, connect(warehouse.url_for("app").get_secret_value()) as app:
        peers = [connect(warehouse.url_for("owner").get_secret_value()) for _ in range(len(THRESHOLDS) + 1)]
        try:
            yield Bench(
                peers[0],
                known_books(app),
                titles_borne(peers[0]),
                [booklake(app), *map(trigrams, peers, THRESHOLDS), substring(peers[-1])],
            )
        finally:
            for peer in peers:
                peer.close()


def known_books(connection: Connection) -> list[KnownBook]:
    """Return the works that have a letter or digit in their title, by work_id."""
    sql = "select title, search_title, isbn13 from recommendations.books where search_title <> '' order by work_id"
    with connection.cursor(row_factory=class_row(KnownBook)) as cursor:
        return cursor.execute(sql).fetchall()


def titles_borne(owner: Connection) -> Bearers:
    """Return the titles of each work's editions: read from the editions, not from what search makes of them."""
    sql = "select work_id, array_agg(distinct recommendations.normalise(title)) from recommendations.editions group by work_id"
    return {work_id: frozenset(titles) for work_id, titles in owner.execute(sql)}


def normalised(owner: Connection, queries: Sequence[Query]) -> list[Query]:
    """Return the queries with their texts also as search compares them."""
    sql = "select recommendations.normalise(text) from unnest(%s::text[]) with ordinality as typed (text, at) order by at"
    texts = owner.execute(sql, ([query.text for query in queries],)).fetchall()
    return [replace(query, search_text=text) for query, (text,) in zip(queries, texts, strict=True)]


def ask_all(bench: Bench, queries: Sequence[Query]) -> Iterator[Answer]:
    """Ask each query of all systems in turn; who begins changes with each query."""
    for system in bench.systems:
        system.ask("warm up")
    for number, query in enumerate(queries):
        begin = number % len(bench.systems)
        for system in bench.systems[begin:] + bench.systems[:begin]:
            if query.kind != ISBN or system is bench.systems[0]:
                yield answer_of(system, query, bench.bearers)


def answer_of(system: System, query: Query, bearers: Bearers) -> Answer:
    """Ask one query, and look where in the answer a work with the right title stands."""
    begun = time.perf_counter()
    found = system.ask(query.text)
    milliseconds = (time.perf_counter() - begun) * 1000
    rank = next((at for at, work_id in enumerate(found, 1) if query.truth in bearers[work_id]), None)
    is_namesake = rank != 1 and bool(found) and query.search_text in bearers[found[0]]
    return Answer(system.name, query, rank, bool(found), is_namesake, milliseconds)


if __name__ == "__main__":
    main()
