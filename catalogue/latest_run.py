"""Which run last wrote to a table of schema ops; what it wrote there belongs to the modules that ask."""

from typing import LiteralString


def over_latest_run(table: LiteralString, query: LiteralString) -> LiteralString:
    """The query, which may select from ``latest``: the ``run_id`` of the run that began last of those in ``ops.table``.

    ``latest`` has one row, or none where no run wrote there.
    """
    latest: LiteralString = f"""
        with latest as (
            select runs.run_id
            from ops.runs as runs
            where exists (select 1 from ops.{table} as written where written.run_id = runs.run_id)
            order by runs.started_at desc, runs.run_id
            limit 1
        )
    """  # noqa: S608 - a name of our own.
    return latest + query
