"""The one step that makes what was built visible: next schemas replace the old. Building belongs to load and dbt."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

import psycopg
from psycopg import sql

from elt_pipeline.storage.postgres import publication_sql
from elt_pipeline.storage.postgres.warehouse import Connection, Warehouse

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
    """The schemas that were replaced, for how long readers may have waited, and a sentence for each view that is gone."""

    schemas: tuple[str, ...]
    blocked_seconds: float
    lost_views: tuple[str, ...] = ()


class _View(NamedTuple):
    oid: int
    name: str
    owner: str
    options: list[str]
    is_materialized: bool

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier("analytics", self.name)


def publish(
    warehouse: Warehouse, run_id: str, report: Callable[[str], None], give_up_seconds: float = GIVE_UP_SECONDS
) -> PublicationSummary:
    """Replace ``gold`` and ``recommendations``, each by its next schema where that is finished, in one step.

    Every statement of a reader sees all of the old or all of the new. The old ones are set aside and dropped when the last
    statement that began before is over, since functions of theirs may still run. Vanished works get a row in
    ``ops.work_redirects``. Views in ``analytics`` are made again on the new schemas; those that cannot be are reported.
    Raises ``PublicationFailed``.
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
            for sentence in summary.lost_views:
                report(sentence)
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
        views = _lock(connection, schemas, deadline)
        locked = time.monotonic()
        # Read while the names in them are still the published ones.
        creations = [(view, _creation(connection, view)) for view in views]
        for schema in schemas:
            _swap(connection, schema)
        lost = [sentence for view, creation in creations for sentence in _remake(connection, view, creation)]
    return PublicationSummary(tuple(schemas), time.monotonic() - locked, tuple(lost))


def _lock(connection: Connection, schemas: Sequence[str], deadline: float) -> list[_View]:
    """Lock every view and table that is to be replaced, so that no statement is in the middle of reading them."""
    tables = [sql.Identifier(*names) for names in connection.execute(publication_sql.TABLES, (list(schemas),))]
    while True:
        try:
            with connection.transaction():  # A savepoint: undone, it lets go of the locks that it had.
                views = _views(connection, schemas)
                _lock_each(connection, views, tables)
                if _views(connection, schemas) == views:
                    return views
                raise psycopg.Rollback
        except psycopg.errors.LockNotAvailable:
            pass
        _pause(connection, deadline)


def _views(connection: Connection, schemas: Sequence[str]) -> list[_View]:
    return [_View(*row) for row in connection.execute(publication_sql.VIEWS, {"schemas": list(schemas)})]


def _lock_each(connection: Connection, views: Sequence[_View], tables: Sequence[sql.Identifier]) -> None:
    # In the order of readers: a view before what it reads. `lock table` would ask for rights that a view's owner need not have on
    # what it reads. A view that we may not lock cannot be made again either: it will be among the lost.
    for view in reversed(views):
        statement = sql.SQL("alter table {} owner to {}").format(view.identifier, sql.Identifier(view.owner))
        with suppress(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute(statement)
    if tables:
        connection.execute(sql.SQL("lock table {} in access exclusive mode").format(sql.SQL(", ").join(tables)))


def _creation(connection: Connection, view: _View) -> sql.Composed:
    """What follows `create`: a view that is replaced would lose the options that are not named again."""
    (definition,) = connection.execute("select pg_get_viewdef(%s::oid)", (view.oid,)).fetchone() or (None,)
    pairs = [option.split("=", 1) for option in view.options]
    options = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in pairs]
    given = sql.SQL("with ({}) ").format(sql.SQL(", ").join(options)) if options else sql.SQL("")
    return sql.SQL("view {} {}as {}").format(view.identifier, given, sql.SQL(definition))


def _remake(connection: Connection, view: _View, creation: sql.Composed) -> list[str]:
    """Make the view again on the schemas that now have its names; where that fails, drop it and give one sentence."""
    if not view.is_materialized:
        with suppress(psycopg.Error), connection.transaction():
            connection.execute(sql.SQL("create or replace {}").format(creation))
            return []
    kind = sql.SQL("materialized view" if view.is_materialized else "view")
    # Those that go with it come later in the order and are made then.
    connection.execute(sql.SQL("drop {} if exists {} cascade").format(kind, view.identifier))
    if view.is_materialized:
        return [_lost(view, "it is a materialized view")]
    try:
        with connection.transaction():
            connection.execute(sql.SQL("create {}").format(creation))
            # Else what its owner may not read would be read by the rights of the owner of the warehouse.
            connection.execute(sql.SQL("alter view {} owner to {}").format(view.identifier, sql.Identifier(view.owner)))
    except psycopg.Error as error:
        return [_lost(view, error.diag.message_primary or str(error))]
    return []


def _lost(view: _View, reason: str) -> str:
    return f"analytics.{view.name} could not be made again: {reason}. It is gone; mend it and create it anew."


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
