"""Where works that were merged into others are found now; what is asked about them belongs to the other modules."""

from collections.abc import Iterable
from typing import LiteralString

from psycopg import Connection

from catalogue.asking import asking

CURRENT_WORKS: LiteralString = """
    with recursive followed as (
        select asked.work_id as asked_id, asked.place, asked.work_id, 0 as hop_count
        from unnest(%(work_ids)s::bigint[]) with ordinality as asked (work_id, place)
        union all
        select followed.asked_id, followed.place, redirects.into_work_id, followed.hop_count + 1
        from followed
        inner join ops.work_redirects as redirects on followed.work_id = redirects.work_id
    ) cycle work_id set is_cycle using visited,
    current_works as (
        select distinct on (followed.place) followed.place, followed.asked_id, books.work_id
        from followed
        inner join recommendations.books as books on followed.work_id = books.work_id
        order by followed.place, followed.hop_count
    )
"""


def over_current_works(query: LiteralString) -> LiteralString:
    """The query, which may select from ``current_works``: what each of the parameter ``work_ids`` is now, in ``work_id``.

    ``asked_id`` is what was asked and ``place`` where it stands in the list, from 1. Works that lead
    to no published one are absent. Mergers may follow each other, even in a circle.
    """
    return CURRENT_WORKS + query


def current_work_ids(connection: Connection, work_ids: Iterable[int]) -> dict[int, int]:
    """Return for each work the published one that it is or was merged into since; works of which neither is known are absent.

    Raises ``CatalogueUnavailable``.
    """
    sql = over_current_works("select asked_id, work_id from current_works")
    with asking(connection, _pair) as question:
        return dict(question.execute(sql, {"work_ids": list(work_ids)}).fetchall())


def _pair(asked_id: int, work_id: int) -> tuple[int, int]:
    return asked_id, work_id
