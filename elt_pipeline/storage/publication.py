"""The one step that makes what was built visible: next schemas replace the old. Building belongs to load and dbt."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from elt_pipeline.storage import publication_sql
from elt_pipeline.storage.warehouse import Connection, Warehouse

PUBLISHED = ("gold", "recommendations")
# Well below Postgres' deadlock_timeout of 1 s: we give way, never a reader.
LOCK_TIMEOUT = "100ms"
PAUSE_SECONDS = 0.1
GIVE_UP_SECONDS = 120.0
LAST_READERS_SECONDS = 1.0


class PublicationFailed(Exception):
    """Nothing was published and the old schemas are as they were; the message says why."""


@dataclass(frozen=True)
class PublicationSummary:
    """The schemas that were replaced, and for how long readers may have waited at the swap."""

    schemas: tuple[str, ...]
    blocked_seconds: float


def publish(
    warehouse: Warehouse, run_id: str, report: Callable[[str], None], give_up_seconds: float = GIVE_UP_SECONDS
) -> PublicationSummary:
    """Replace ``gold`` and ``recommendations``, each by its next schema where that is finished, in one step.

    Every statement of a reader sees all of the old or all of the new. The old ones are set aside and dropped when the last
    statement that began before is over, since functions of theirs may still run. Vanished works get a row in
    ``ops.work_redirects``. Raises ``PublicationFailed``.
    """
    deadline = time.monotonic() + give_up_seconds
    with warehouse.connect("owner", f"booklake publish {run_id}") as connection:
        connection.execute(sql.SQL("set lock_timeout = {}").format(sql.Literal(LOCK_TIMEOUT)))
        while not _dropped_old(connection):
            _pause(connection, deadline)
        try:
            summary = _replace(connection, deadline)
        except psycopg.Error as error:
            raise PublicationFailed(
                f"Publication failed and nothing was changed: {error.diag.message_primary or error}. Mend that and refresh again."
            ) from error
        if summary.schemas:
            report(f"published {' and '.join(summary.schemas)}; readers waited at most {summary.blocked_seconds * 1000:.0f} ms")
            if _last_readers_are_done(connection):
                _dropped_old(connection)
    return summary


def _replace(connection: Connection, deadline: float) -> PublicationSummary:
    with connection.transaction():
        schemas = [name for (name,) in connection.execute(publication_sql.FINISHED, (list(PUBLISHED),))]
        _refuse_outside_users(connection, schemas)
        # All that takes time comes before the locks.
        if "gold" in schemas and _holds_editions(connection):
            for statement in publication_sql.REDIRECTS:
                connection.execute(statement)
        for schema in schemas:
            for statement in publication_sql.GRANTS[schema]:
                connection.execute(statement)
        _lock(connection, schemas, deadline)
        locked = time.monotonic()
        for schema in schemas:
            _swap(connection, schema)
    return PublicationSummary(tuple(schemas), time.monotonic() - locked)


def _lock(connection: Connection, schemas: Sequence[str], deadline: float) -> None:
    """Lock every table that is to be replaced, so that no statement is in the middle of reading them."""
    tables = [sql.Identifier(*names) for names in connection.execute(publication_sql.TABLES, (list(schemas),))]
    if not tables:
        return
    statement = sql.SQL("lock table {} in access exclusive mode").format(sql.SQL(", ").join(tables))
    while True:
        try:
            with connection.transaction():  # A savepoint: undone, it lets go of the locks that it had.
                connection.execute(statement)
        except psycopg.errors.LockNotAvailable:
            _pause(connection, deadline)
        else:
            return


def _swap(connection: Connection, schema: str) -> None:
    here, old, coming = (sql.Identifier(name) for name in (schema, f"{schema}_old", f"{schema}_next"))
    if connection.execute("select to_regnamespace(%s)", (schema,)).fetchone() != (None,):
        connection.execute(sql.SQL("alter schema {} rename to {}").format(here, old))
    connection.execute(sql.SQL("alter schema {} rename to {}").format(coming, here))
    connection.execute("delete from ops.fingerprints where schema_name = %s", (schema,))
    connection.execute("update ops.fingerprints set schema_name = %s where schema_name = %s", (schema, f"{schema}_next"))


def _refuse_outside_users(connection: Connection, schemas: Sequence[str]) -> None:
    may_go = [*schemas, "analytics"]
    users = [name for (name,) in connection.execute(publication_sql.OUTSIDE_USERS, {"schemas": list(schemas), "may_go": may_go})]
    if users:
        raise PublicationFailed(
            f"{', '.join(users)} would be lost with the old {' and '.join(schemas)}, nothing was changed: build recommendations "
            "anew from gold_next, and keep views of your own in schema analytics."
        )


def _holds_editions(connection: Connection) -> bool:
    found = connection.execute(
        "select to_regclass('gold.editions') is not null and to_regclass('gold_next.editions') is not null"
    )
    return found.fetchone() == (True,)


def _dropped_old(connection: Connection) -> bool:
    """Drop what former publications have set aside; False where somebody still reads it."""
    try:
        for schema in reversed(PUBLISHED):
            connection.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(f"{schema}_old")))
    except psycopg.errors.LockNotAvailable:
        return False
    return True


def _last_readers_are_done(connection: Connection) -> bool:
    """Wait, within bounds, until the transactions of this moment are over; else the next publication drops what they read."""
    deadline = time.monotonic() + LAST_READERS_SECONDS
    running = {name for (name,) in connection.execute(publication_sql.RUNNING_TRANSACTIONS)}
    while running and time.monotonic() < deadline:
        time.sleep(0.02)
        running &= {name for (name,) in connection.execute(publication_sql.RUNNING_TRANSACTIONS)}
    return not running


def _pause(connection: Connection, deadline: float) -> None:
    if time.monotonic() > deadline:
        held = connection.execute(publication_sql.LONGEST_READER).fetchone()
        who = f" (process {held[0]}, {held[1] or 'unnamed'}, since {held[2]:%H:%M:%S} UTC)" if held else ""
        raise PublicationFailed(
            f"Readers hold the published tables for too long{who}, nothing was changed: end them and refresh again."
        )
    time.sleep(PAUSE_SECONDS)
