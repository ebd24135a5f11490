"""The books that a reader has picked, as an address names them; what follows from them belongs to for_you.py."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import Connection

from catalogue.asking import asking
from catalogue.book import work_id_of

MOST_PICKED = 200  # An address longer than some thousand characters is cut by mail programs.


@dataclass(frozen=True)
class NamedBook:
    """A work with what tells it from others."""

    work_id: int
    title: str
    authors: str | None


def picked_work_ids(text: str) -> tuple[int, ...]:
    """The work_ids of a list like `12,34`, each once, in its order; what is no work_id is left out."""
    found = (work_id_of(part) for part in text.split(","))
    return tuple(dict.fromkeys(work_id for work_id in found if work_id is not None))[:MOST_PICKED]


def name_books(connection: Connection, work_ids: Sequence[int]) -> list[NamedBook]:
    """Return these works, each once, in the order asked; for a work merged since, the one that it is now.

    Those that are not known are left out. Raises ``CatalogueUnavailable``.
    """
    sql = """
        with recursive followed as (
            select asked.work_id, asked.place, 0 as hop_count
            from unnest(%(work_ids)s::bigint[]) with ordinality as asked (work_id, place)
            union all
            select redirects.into_work_id, followed.place, followed.hop_count + 1
            from followed
            inner join ops.work_redirects as redirects on followed.work_id = redirects.work_id
        ) cycle work_id set is_cycle using visited,
        found as (
            select distinct on (followed.place) followed.place, books.work_id, books.title, books.authors
            from followed
            inner join recommendations.books as books on followed.work_id = books.work_id
            order by followed.place, followed.hop_count
        )
        select work_id, title, authors
        from found
        group by work_id, title, authors
        order by min(place)
    """
    with asking(connection, NamedBook) as question:
        return question.execute(sql, {"work_ids": list(work_ids)}).fetchall()
