"""The views for analysts, from files: analytics/<name>.sql is the body of a view. When they are made belongs to serving."""

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

from elt_pipeline.storage.postgres.publication import LOCK_TIMEOUT
from elt_pipeline.storage.postgres.warehouse import Connection, Warehouse

VIEWS_DIR = Path(__file__).resolve().parents[3] / "analytics"
KNOWN = "select 1 from ops.fingerprints where schema_name = 'analytics' and fingerprint = %s"
KEEP = (
    "insert into ops.fingerprints values ('analytics', %s, %s, now()) on conflict (schema_name) do update"
    " set fingerprint = excluded.fingerprint, run_id = excluded.run_id, recorded_at = excluded.recorded_at"
)


def make_views(warehouse: Warehouse, run_id: str, folder: Path = VIEWS_DIR, *, anew: bool) -> list[str]:
    """Make the folder's views in schema ``analytics``, each by itself; return a sentence for each that cannot be made.

    What was published stays published, whatever the views do; a view that cannot be made is as it was before. Where the files are
    those of the last time, nothing is done unless ``anew``.
    """
    files = sorted(folder.glob("*.sql"))
    content = [f"{file.stem}\n{file.read_text(encoding='utf-8')}" for file in files]
    fingerprint = hashlib.sha256("\n".join(content).encode()).hexdigest()
    with warehouse.connect("owner", "booklake analytics") as connection:
        if not anew and connection.execute(KNOWN, (fingerprint,)).fetchone():
            return []
        connection.execute(sql.SQL("set lock_timeout = {}").format(sql.Literal(LOCK_TIMEOUT)))
        broken = [sentence for file in files if (sentence := _make_view(connection, file))]
        if not broken:
            connection.execute(KEEP, (fingerprint, run_id))
    return broken


def _make_view(connection: Connection, file: Path) -> str | None:
    view, body = sql.Identifier("analytics", file.stem), file.read_text(encoding="utf-8")
    grain = body.partition("\n")[0].removeprefix("--").strip()
    create = sql.SQL("create {}view {} as {}")
    try:
        with connection.transaction():
            try:
                with connection.transaction():
                    connection.execute(create.format(sql.SQL("or replace "), view, sql.SQL(body)))
            except (
                psycopg.errors.InvalidTableDefinition
            ):  # Its columns are others now. What reads it keeps it from being dropped.
                connection.execute(sql.SQL("drop view {}").format(view))
                connection.execute(create.format(sql.SQL(""), view, sql.SQL(body)))
            connection.execute(sql.SQL("comment on view {} is {}").format(view, sql.Literal(grain)))
    except psycopg.Error as error:
        return f"analytics.{file.stem} could not be made: {error.diag.message_primary or error}. Mend analytics/{file.name}."
    return None
