"""What is compared: the search of the catalogue, and plain ways to search the same titles in the same Postgres."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import LiteralString

from psycopg import Connection

from catalogue.search import askable, search_books

MAX_RESULTS = 10


@dataclass(frozen=True)
class System:
    """A name, and what answers a text with at most ``MAX_RESULTS`` work_ids, best first."""

    name: str
    ask: Callable[[str], list[int]]


def booklake(app: Connection) -> System:
    """The search of the catalogue, as the app asks it."""
    return System("Booklake", lambda text: [book.work_id for book in search_books(app, text, MAX_RESULTS)])


def trigrams(owner: Connection, threshold: float) -> System:
    """The titles whose trigrams are as similar as ``threshold`` or more, the most similar first."""
    _copy_titles(owner)
    owner.execute("select set_config('pg_trgm.similarity_threshold', %s, false)", (str(threshold),))
    sql = """
        select work_id
        from pg_temp.titles
        where title operator(public.%%) %(text)s
        order by public.similarity(title, %(text)s) desc, rating_count desc, work_id
        limit %(max_results)s
    """
    return System(f"pg_trgm {threshold}", lambda text: _work_ids(owner, sql, askable(text)))


def substring(owner: Connection) -> System:
    """The titles that hold the text whatever the case, the shortest first: with any other order an exact title may come late."""
    _copy_titles(owner)
    sql = """
        select work_id
        from pg_temp.titles
        where title ilike '%%' || %(text)s || '%%'
        order by length(title), rating_count desc, work_id
        limit %(max_results)s
    """
    return System("LIKE", lambda text: _work_ids(owner, sql, _without_wildcards(askable(text))))


def _copy_titles(owner: Connection) -> None:
    """Make the peer a table of its own, held in memory whole, with the index that serves it best."""
    owner.execute("set temp_buffers = '512MB'")
    owner.execute("create temporary table titles as select work_id, title, rating_count from recommendations.books")
    owner.execute("create index on titles using gin (title public.gin_trgm_ops)")
    owner.execute("analyze titles")
    # Of long texts the planner thinks a scan cheaper, which takes twenty times as long.
    owner.execute("set enable_seqscan = off")


def _work_ids(owner: Connection, sql: LiteralString, text: str) -> list[int]:
    return [work_id for (work_id,) in owner.execute(sql, {"text": text, "max_results": MAX_RESULTS}).fetchall()]


def _without_wildcards(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
