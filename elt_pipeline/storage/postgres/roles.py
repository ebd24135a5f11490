"""Roles, schemas and rights of the warehouse, made ready once. What the schemas are filled with does not belong here."""

import hashlib
import hmac

import psycopg
from psycopg import sql

from elt_pipeline.storage.postgres.ops_tables import OPS_TABLES
from elt_pipeline.storage.postgres.warehouse import Connection, Warehouse, WarehouseUnavailable

NEEDED = (
    "The role of WAREHOUSE_URL must be able to create roles (CREATEROLE) and own the database, and the server needs "
    "PostgreSQL's contrib package."
)
LOGIN_ROLES = ("loader", "dbt", "app", "reader")

EXTENSIONS = tuple(f"create extension if not exists {name} schema public" for name in ("pg_trgm", "unaccent", "fuzzystrmatch"))
SCHEMAS = tuple(f"create schema if not exists {name}" for name in ("gold", "recommendations", "ops", "app", "analytics"))
RIGHTS = (
    "revoke create on schema public from public",
    "grant usage on schema recommendations, ops, app to booklake_app",
    "grant usage on schema gold, recommendations, ops, analytics to booklake_reader",
    "grant usage on schema gold to booklake_dbt",
    "grant select on all tables in schema ops to booklake_app, booklake_reader",
    "alter default privileges in schema ops grant select on tables to booklake_app, booklake_reader",
    "alter default privileges in schema app grant select, insert, update, delete on tables to booklake_app",
    "alter default privileges in schema app grant usage on sequences to booklake_app",
    "alter default privileges in schema analytics grant select on tables to booklake_reader",
    # The owner publishes what these two have made, so it may act for them where it is not a superuser.
    "grant booklake_loader, booklake_dbt to current_user",
    "alter role booklake_app set statement_timeout = '5s'",
    # A forgotten transaction would keep its locks and so hold up every publication.
    "alter role booklake_app set idle_in_transaction_session_timeout = '30s'",
    "alter role booklake_reader set idle_in_transaction_session_timeout = '60s'",
)
STATEMENTS = (*EXTENSIONS, *SCHEMAS, *OPS_TABLES, *RIGHTS)


def prepare(warehouse: Warehouse) -> None:
    """Make roles, extensions, schemas, rights and the tables of ops; does nothing where all that was done with these passwords.

    Raises ``WarehouseUnavailable``.
    """
    fingerprint = _fingerprint(warehouse)
    with warehouse.connect("owner", "booklake prepare") as connection:
        if _is_prepared(connection, fingerprint):
            return
        try:
            with connection.transaction():
                _make_all(connection, warehouse, fingerprint)
        except psycopg.Error as error:
            advice = "" if isinstance(error, psycopg.errors.DiskFull) else f" {NEEDED}"
            raise WarehouseUnavailable(f"The warehouse cannot be made ready: {error.diag.message_primary}.{advice}") from error


def _make_all(connection: Connection, warehouse: Warehouse, fingerprint: str) -> None:
    # Roles belong to the whole server: two first runs at once would make the same ones.
    connection.execute("select pg_advisory_xact_lock(hashtext('booklake prepare'))")
    for role in LOGIN_ROLES:
        _make_role(connection, f"booklake_{role}", warehouse.passwords[role].get_secret_value())
    database = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("revoke all on database {} from public").format(database))
    connection.execute(sql.SQL("grant connect on database {} to booklake_loader, booklake_app, booklake_reader").format(database))
    connection.execute(sql.SQL("grant connect, temporary on database {} to booklake_dbt").format(database))
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute(
        "insert into ops.fingerprints values ('ops', %s, 'prepare', now()) on conflict (schema_name)"
        " do update set fingerprint = excluded.fingerprint, recorded_at = excluded.recorded_at",
        (fingerprint,),
    )


def _make_role(connection: Connection, role: str, password: str) -> None:
    # Sent as the server would keep it, so that the password itself is never in a statement that somebody logs.
    kept = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    known = connection.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone()
    how = sql.SQL("alter role {} login password {}" if known else "create role {} login password {}")
    connection.execute(how.format(sql.Identifier(role), sql.Literal(kept)))


def _is_prepared(connection: Connection, fingerprint: str) -> bool:
    if connection.execute("select to_regclass('ops.fingerprints')").fetchone() == (None,):
        return False
    found = connection.execute("select fingerprint from ops.fingerprints where schema_name = 'ops'").fetchone()
    return found == (fingerprint,)


def _fingerprint(warehouse: Warehouse) -> str:
    """Of the statements and the passwords; keyed by the owner's secret, as others may read it."""
    content = [*STATEMENTS, *(warehouse.passwords[role].get_secret_value() for role in LOGIN_ROLES)]
    return hmac.new(warehouse.owner_url.get_secret_value().encode(), repr(content).encode(), hashlib.sha256).hexdigest()
