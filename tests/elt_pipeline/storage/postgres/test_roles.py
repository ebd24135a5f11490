"""Each role may do what it is for, and nothing else; preparing twice changes nothing."""

from dataclasses import replace

import psycopg
import pytest
from pydantic import SecretStr

from elt_pipeline.storage.postgres.next_schema import finish_next, start_next
from elt_pipeline.storage.postgres.publication import publish
from elt_pipeline.storage.postgres.roles import prepare
from elt_pipeline.storage.postgres.warehouse import Role, Warehouse, WarehouseUnavailable

ACTIONS = {
    "read gold": "select * from gold.works",
    "read gold_next": "select * from gold_next.works",
    "read recommendations": "select * from recommendations.books",
    "ask recommendations": "select recommendations.answer()",
    "read ops": "select * from ops.runs",
    "read analytics": "select * from analytics.views",
    "read app": "select * from app.shelves",
    "write app": "insert into app.shelves values (1)",
    "write gold": "insert into gold.works values (1)",
    "write ops": "delete from ops.runs",
    "drop recommendations": "drop table recommendations.books",
    "create in gold_next": "create table gold_next.made (a int)",
    "create in recommendations_next": "create table recommendations_next.made (a int)",
    "create in public": "create table public.made (a int)",
    "create a schema": "create schema made",
    "create a role": "create role made",
    "run a program": "copy ops.runs to program 'true'",
}
ALLOWED: dict[Role, set[str]] = {
    "loader": {"create in gold_next", "read gold_next"},
    "dbt": {"read gold", "read gold_next", "create in recommendations_next"},
    "app": {"read recommendations", "ask recommendations", "read ops", "read app", "write app"},
    "reader": {"read gold", "read recommendations", "ask recommendations", "read ops", "read analytics"},
}
FUNCTION = "create function recommendations_next.answer() returns int language sql begin atomic select count(*)::int; end"


TABLES: tuple[tuple[str, str, Role], ...] = (("gold", "works", "loader"), ("recommendations", "books", "dbt"))


def fill(warehouse: Warehouse) -> None:
    for schema, table, role in TABLES:
        start_next(warehouse, schema)
        with warehouse.connect(role) as connection:
            connection.execute(f"create table {schema}_next.{table} (work_id int)".encode())
            if role == "dbt":
                connection.execute(FUNCTION)
        finish_next(warehouse, schema, "f", "r")


def may(warehouse: Warehouse, role: Role, action: str) -> bool:
    with warehouse.connect(role) as connection, connection.transaction(force_rollback=True):
        try:
            connection.execute(action.encode())
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True


def test_each_role_may_do_what_it_is_for_and_nothing_else(empty_warehouse: Warehouse) -> None:
    fill(empty_warehouse)
    publish(empty_warehouse, "r", print)
    fill(empty_warehouse)
    with empty_warehouse.connect("loader") as connection:
        connection.execute("grant select on gold_next.works to booklake_dbt")
    with empty_warehouse.connect("owner") as connection:
        connection.execute("create table app.shelves (work_id int)")
        connection.execute("create table analytics.views (work_id int)")
    found = {role: {name for name, action in ACTIONS.items() if may(empty_warehouse, role, action)} for role in ALLOWED}
    assert found == ALLOWED


def test_preparing_again_writes_nothing(empty_warehouse: Warehouse) -> None:
    with empty_warehouse.connect("owner") as connection:
        before = connection.execute("select fingerprint, recorded_at from ops.fingerprints").fetchall()
        prepare(empty_warehouse)
        assert connection.execute("select fingerprint, recorded_at from ops.fingerprints").fetchall() == before


def test_a_changed_password_is_taken_over(empty_warehouse: Warehouse) -> None:
    changed = replace(empty_warehouse, passwords={**empty_warehouse.passwords, "reader": SecretStr("an'other")})
    prepare(changed)
    changed.connect("reader").close()
    with pytest.raises(WarehouseUnavailable, match="WAREHOUSE_READER_PASSWORD"):
        empty_warehouse.connect("reader")
    prepare(empty_warehouse)
    empty_warehouse.connect("reader").close()


def test_an_owner_that_may_not_make_roles_is_told_so(empty_warehouse: Warehouse) -> None:
    weak = Warehouse(empty_warehouse.url_for("reader"), empty_warehouse.passwords)
    with pytest.raises(WarehouseUnavailable, match=r"cannot be made ready: permission denied.* must be able to create roles"):
        prepare(weak)


def test_the_apps_questions_end_in_time(warehouse: Warehouse) -> None:
    with warehouse.connect("app") as connection:
        assert connection.execute("show statement_timeout").fetchone() == ("5s",)
