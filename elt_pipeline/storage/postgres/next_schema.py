"""The schemas ``gold_next`` and ``recommendations_next`` while they are built. Making them visible belongs to publication."""

from psycopg import sql

from elt_pipeline.storage.postgres.warehouse import Role, Warehouse

BUILDERS: dict[str, Role] = {"gold": "loader", "recommendations": "dbt"}


def start_next(warehouse: Warehouse, schema: str) -> None:
    """Make ``<schema>_next`` anew and empty, for its builder to fill: the loader for gold, dbt for recommendations."""
    name, builder = sql.Identifier(f"{schema}_next"), sql.Identifier(f"booklake_{BUILDERS[schema]}")
    with warehouse.connect("owner") as connection, connection.transaction():
        connection.execute("delete from ops.fingerprints where schema_name = %s", (f"{schema}_next",))
        connection.execute(sql.SQL("drop schema if exists {} cascade").format(name))
        connection.execute(sql.SQL("create schema {}").format(name))
        connection.execute(sql.SQL("grant usage, create on schema {} to {}").format(name, builder))
        connection.execute(sql.SQL("grant usage on schema {} to booklake_dbt").format(name))


def drop_next(warehouse: Warehouse, schema: str) -> None:
    """Remove ``<schema>_next`` where there is one: it was built from what is no longer wanted."""
    with warehouse.connect("owner") as connection, connection.transaction():
        connection.execute("delete from ops.fingerprints where schema_name = %s", (f"{schema}_next",))
        connection.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(f"{schema}_next")))


def finish_next(warehouse: Warehouse, schema: str, fingerprint: str, run_id: str) -> None:
    """Record that ``<schema>_next`` is whole and has passed its gates: only then it is published."""
    with warehouse.connect("owner") as connection:
        connection.execute(
            "insert into ops.fingerprints values (%s, %s, %s, now()) on conflict (schema_name) do update"
            " set fingerprint = excluded.fingerprint, run_id = excluded.run_id, recorded_at = excluded.recorded_at",
            (f"{schema}_next", fingerprint, run_id),
        )


def is_loaded(warehouse: Warehouse, schema: str, fingerprint: str) -> bool:
    """Whether the schema, `gold` or `gold_next` say, is there whole and was made from what the fingerprint stands for."""
    with warehouse.connect("owner") as connection:
        found = connection.execute(
            "select 1 from ops.fingerprints join pg_namespace on nspname = schema_name"
            " where schema_name = %s and fingerprint = %s",
            (schema, fingerprint),
        )
        return found.fetchone() is not None


def fingerprint_of(warehouse: Warehouse, schema: str) -> str | None:
    """Return what the schema was made from; None where it is not there whole."""
    with warehouse.connect("owner") as connection:
        found = connection.execute("select fingerprint from ops.fingerprints where schema_name = %s", (schema,)).fetchone()
        return str(found[0]) if found else None
