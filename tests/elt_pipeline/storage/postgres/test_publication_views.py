"""Views of analysts outlive a publication, with owner, rights and options; what cannot be made again is named."""

from collections.abc import Callable

import psycopg
import pytest

from elt_pipeline.storage.postgres.next_schema import finish_next, start_next
from elt_pipeline.storage.postgres.publication import PublicationFailed, publish
from elt_pipeline.storage.postgres.warehouse import Warehouse


def publish_gold(warehouse: Warehouse, columns: str, report: Callable[[str], None] = print) -> None:
    """Publish a gold.works of one row, given as a select list."""
    start_next(warehouse, "gold")
    with warehouse.connect("loader") as connection:
        connection.execute(f"create table gold_next.works as select {columns}".encode())
    finish_next(warehouse, "gold", columns, "run")
    publish(warehouse, "run", report)


def make(warehouse: Warehouse, *statements: str) -> None:
    with warehouse.connect("owner") as connection:
        for statement in statements:
            connection.execute(statement.encode())


def ask(warehouse: Warehouse, question: str) -> list[tuple[object, ...]]:
    with warehouse.connect("reader") as connection:
        return connection.execute(question.encode()).fetchall()


def properties(warehouse: Warehouse, view: str) -> list[tuple[object, ...]]:
    return ask(
        warehouse,
        f"select pg_get_userbyid(relowner), relacl::text, reloptions from pg_class where oid = 'analytics.{view}'::regclass",
    )


def test_views_and_views_of_views_show_what_is_published(empty_warehouse: Warehouse) -> None:
    publish_gold(empty_warehouse, "1 as work_id, 'one' as title")
    make(
        empty_warehouse,
        "create view analytics.above as select 0 as work_id",
        "create view analytics.titles as select work_id, title from gold.works",
        # An older view that reads a younger one.
        "create or replace view analytics.above as select work_id from analytics.titles",
        "create view analytics.apart as select 7 as work_id",
    )
    for number in (2, 3):
        publish_gold(empty_warehouse, f"{number} as work_id, 'more' as title")
        assert ask(empty_warehouse, "table analytics.titles") == [(number, "more")]
        assert ask(empty_warehouse, "table analytics.above") == [(number,)]
    assert ask(empty_warehouse, "table analytics.apart") == [(7,)]


def test_a_view_keeps_its_owner_grants_and_options(empty_warehouse: Warehouse) -> None:
    publish_gold(empty_warehouse, "1 as work_id")
    make(
        empty_warehouse,
        "create view analytics.mine with (security_barrier, security_invoker = true) as select work_id from gold.works",
        "alter view analytics.mine owner to booklake_dbt",
        "grant select on analytics.mine to booklake_app",
    )
    before = properties(empty_warehouse, "mine")
    publish_gold(empty_warehouse, "2 as work_id")
    assert properties(empty_warehouse, "mine") == before
    assert ask(empty_warehouse, "table analytics.mine") == [(2,)]


def test_a_view_whose_columns_change_their_type_is_made_anew_with_those_that_read_it(empty_warehouse: Warehouse) -> None:
    publish_gold(empty_warehouse, "1 as work_id")
    make(
        empty_warehouse,
        "create view analytics.ids with (security_barrier) as select work_id from gold.works",
        "create view analytics.above as select work_id from analytics.ids",
        "alter view analytics.ids owner to booklake_dbt",
        "grant select on analytics.ids to booklake_reader",
    )
    ((_, _, options),) = properties(empty_warehouse, "ids")
    told: list[str] = []
    publish_gold(empty_warehouse, "'two' as work_id", told.append)
    ((owner, _, options_after),) = properties(empty_warehouse, "ids")
    assert (owner, options_after) == ("booklake_dbt", options)
    assert ask(empty_warehouse, "select pg_get_userbyid(relowner) = 'booklake_dbt' from pg_class where relname = 'above'") == [
        (False,)
    ]
    assert ask(empty_warehouse, "table analytics.ids") == [("two",)]
    assert len(told) == 1


def test_a_view_that_cannot_be_made_again_is_named_and_the_others_stay(empty_warehouse: Warehouse) -> None:
    publish_gold(empty_warehouse, "1 as work_id, 1 as pages")
    make(
        empty_warehouse,
        "create view analytics.pages as select pages from gold.works",
        "create view analytics.above as select pages from analytics.pages",
        "create view analytics.ids as select work_id from gold.works",
        "create materialized view analytics.kept as select work_id from gold.works",
    )
    told: list[str] = []
    publish_gold(empty_warehouse, "2 as work_id", told.append)
    end = "It is gone; mend it and create it anew."
    assert sorted(told[1:]) == [
        f'analytics.above could not be made again: relation "analytics.pages" does not exist. {end}',
        f"analytics.kept could not be made again: it is a materialized view. {end}",
        f"analytics.pages could not be made again: column works.pages does not exist. {end}",
    ]
    assert ask(empty_warehouse, "table analytics.ids") == [(2,)]
    with pytest.raises(psycopg.errors.UndefinedTable):
        ask(empty_warehouse, "table analytics.above")


def test_a_view_elsewhere_on_a_view_of_analysts_refuses_the_publication(empty_warehouse: Warehouse) -> None:
    publish_gold(empty_warehouse, "1 as work_id")
    make(
        empty_warehouse,
        "create view analytics.ids as select work_id from gold.works",
        "create view public.planted as select work_id from analytics.ids",
    )
    with pytest.raises(PublicationFailed, match=r"public.planted would be lost with the old gold, nothing was changed"):
        publish_gold(empty_warehouse, "2 as work_id")
    assert ask(empty_warehouse, "table analytics.ids") == [(1,)]
