"""How the source database is filled beside its readers and exchanged in one step; what is in the files belongs to loader."""

import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Column, Engine, MetaData, Table, Text, create_engine, event, insert, inspect
from sqlalchemy.dialects.mysql import LONGTEXT
from sqlalchemy.engine import URL, Dialect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from dataset.loading.load_errors import SourceNotOurs, SourceUnusable
from elt_pipeline.contracts.source import LOAD_ID, LOAD_MARKER, USED_COLUMNS
from elt_pipeline.sources.driver_words import secrets_of
from elt_pipeline.sources.mysql import mysql_engine, refusal

MARKER, MARKER_COLUMNS = LOAD_MARKER, ("file", "source_table", "encoding", LOAD_ID, USED_COLUMNS)
NEW, OLD = "booklake_new_", "booklake_old_"
# How long a write waits for readers.
LOCK_SECONDS = 60

_TEXT = Text().with_variant(LONGTEXT(charset="utf8mb4"), "mysql", "mariadb")
_EXAMPLES = "Write one such as sqlite:////home/me/source.db or mysql://user:password@host/books."
_ADVICE = {
    "disk is full": "Free some space and load again.",
    "readonly": "Give yourself the right to write it, or name another SOURCE_URL.",
    "unable to open": "Give yourself the right to write its folder, or name another SOURCE_URL.",
    "not a database": "Name another SOURCE_URL, or move that file away.",
    "locked": "Another program keeps it open: close that and load again.",
    "already another table": "A view has the name of a source table: drop it and load again.",
    "no such table": "Another load ran at the same time: wait for it and load again.",
}


class SourceDatabase:
    """The source database for the length of one load: `stage`, `insert`, then `publish`; without the last all stays as it was."""

    def __init__(self, url: str, *, replace: bool) -> None:
        self._url = _parsed(url)
        self._replace = replace
        # Tells this load from every other.
        self.load_id = secrets.token_hex(8)
        self._new = f"{NEW}{self.load_id[:8]}_"
        self._tables: dict[str, Table] = {}
        self._engine = _engine(self._url)

    def __enter__(self) -> Self:
        """Take away what an interrupted load left; raises ``SourceNotOurs`` where the tables are not our own."""
        try:
            with self._told():
                self._check_owner()
                self._drop_left_over()
        except BaseException:
            self._engine.dispose()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the database; after a failure, take away what was staged."""
        if kind is not None:
            # The next load tries again: the first failure is the one to tell.
            with suppress(SQLAlchemyError):
                self._drop_left_over()
        self._engine.dispose()

    def stage(self, columns: Mapping[str, Sequence[str]]) -> None:
        """Create an empty staging table for each source table, every column text, and for the marker."""
        metadata = MetaData()
        for name, names in {**columns, MARKER: MARKER_COLUMNS}.items():
            text_columns = [Column(column, _TEXT) for column in names]
            self._tables[name] = Table(self._new + name, metadata, *text_columns, mysql_charset="utf8mb4")
        with self._told():
            metadata.create_all(self._engine)

    def insert(self, table: str, rows: Sequence[tuple[str | None, ...]]) -> None:
        """Add rows to a staging table, their values in the order of its columns."""
        if rows:
            statement = str(insert(self._tables[table]).compile(dialect=self._engine.dialect))
            with self._told(), self._engine.begin() as connection:
                connection.exec_driver_sql(statement, list(rows))

    def publish(self) -> None:
        """Put the staging tables in the place of the source tables, all in one step."""
        with self._told():
            present = set(inspect(self._engine).get_table_names())
            retired = [name for name in present if name.lower() in self._tables]
            self._swap({name: OLD + name for name in retired}, {self._new + name: name for name in self._tables})
            self._drop_left_over()

    def _swap(self, old: Mapping[str, str], new: Mapping[str, str]) -> None:
        with self._engine.begin() as connection:
            for statement in rename_statements({**old, **new}, self._engine.dialect):
                connection.exec_driver_sql(statement)

    def _check_owner(self) -> None:
        inspector = inspect(self._engine)
        present = inspector.get_table_names() + inspector.get_view_names()
        foreign = [name for name in present if not name.startswith((NEW, OLD))]
        if foreign and MARKER not in foreign and not self._replace:
            named = ", ".join(sorted(foreign)[:10])
            raise SourceNotOurs(
                f"{self._url_text} holds tables that `booklake load` did not fill ({named}), and nothing was changed. "
                "Name another SOURCE_URL, or load with --replace: tables of our names are then replaced, others stay."
            )

    def _drop_left_over(self) -> None:
        left = [name for name in inspect(self._engine).get_table_names() if name.startswith((NEW, OLD))]
        with self._engine.begin() as connection:
            for name in left:
                Table(name, MetaData()).drop(connection)

    @property
    def _is_file(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    @property
    def _url_text(self) -> str:
        return self._url.render_as_string(hide_password=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the driver's errors into a sentence."""
        try:
            yield
        except DBAPIError as error:
            cause, secrets = str(error.orig), secrets_of(self._url.render_as_string(hide_password=False))
            if not self._is_file:
                raise SourceUnusable(f"{refusal(self._url, error.orig or error, secrets)} Nothing was loaded.") from None
            advice = next((advice for words, advice in _ADVICE.items() if words in cause), "Check SOURCE_URL and load again.")
            raise SourceUnusable(f"The source database {self._url_text} cannot be loaded: {cause}. {advice}") from error


def rename_statements(names: Mapping[str, str], dialect: Dialect) -> list[str]:
    """Return the statements that rename tables, in this order, so that all happens at once when they run in one transaction.

    MySQL ends a transaction at each statement of this kind, but renames any number of tables in one.
    """
    quote = dialect.identifier_preparer.quote_identifier
    pairs = [(quote(old), quote(new)) for old, new in names.items()]
    if dialect.name == "sqlite":
        return [" ".join(("ALTER TABLE", old, "RENAME TO", new)) for old, new in pairs]
    return ["RENAME TABLE " + ", ".join(" ".join((old, "TO", new)) for old, new in pairs)]


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        # The text itself may hold a password.
        raise SourceUnusable(f"SOURCE_URL is no database URL. {_EXAMPLES}") from error
    if parsed.get_backend_name() == "sqlite" or (parsed.get_backend_name() == "mysql" and parsed.host and parsed.database):
        return parsed
    raise SourceUnusable(f"SOURCE_URL names no SQLite file and no MySQL database. {_EXAMPLES}")


def _engine(url: URL) -> Engine:
    """Return an engine whose statements take values by position and whose transactions, in SQLite, hold DDL too."""
    if url.get_backend_name() != "sqlite":
        return mysql_engine(url, paramstyle="format")
    if url.database:
        _make_folder(Path(url.database).parent)
    engine = create_engine(url, connect_args={"timeout": LOCK_SECONDS})

    event.listen(engine, "connect", _prepare_sqlite)
    # Python's driver begins no transaction before DDL.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # Otherwise a person's own view of a source table would follow the old table when that is renamed.
    connection.execute("PRAGMA legacy_alter_table = ON")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceUnusable(f"The folder {folder} of the source database cannot be made: {error.strerror}.") from error
