"""Where works that were merged into others are found now; what is asked about them belongs to the other modules."""

from collections.abc import Iterable

from psycopg import Connection

from catalogue.asking import asking


def current_work_ids(connection: Connection, work_ids: Iterable[int]) -> dict[int, int]:
    """Return for each work the published one that it is or was merged into since; works of which neither is known are absent.

    Raises ``CatalogueUnavailable``.
    """
    sql = """
        with recursive followed as (
            select work_id as asked_id, work_id, 0 as hop_count
            from unnest(%(work_ids)s::bigint[]) as asked (work_id)
            union all
            select followed.asked_id, redirects.into_work_id, followed.hop_count + 1
            from followed
            inner join ops.work_redirects as redirects on followed.work_id = redirects.work_id
        ) cycle work_id set is_cycle using visited
        select distinct on (followed.asked_id) followed.asked_id, books.work_id
        from followed
        inner join recommendations.books as books on followed.work_id = books.work_id
        order by followed.asked_id, followed.hop_count
    """
    with asking(connection, _pair) as question:
        return dict(question.execute(sql, {"work_ids": list(work_ids)}).fetchall())


def _pair(asked_id: int, work_id: int) -> tuple[int, int]:
    return asked_id, work_id
