"""Where Dagster keeps its history: in SQLite, or in a Postgres by URL. What is recorded belongs to Dagster."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Self

import psycopg
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage
from dagster_postgres.utils import DagsterPostgresException
from pydantic import SecretStr
from sqlalchemy import Connection, Engine, NullPool, create_engine, make_url

from elt_pipeline.storage.postgres.refusals import HistoryUnavailable, refusal

CONNECT_SECONDS = 3


class KeptEnginesEventLogStorage(SqliteEventLogStorage):
    """Dagster's own storage, which makes a new engine for each event and so compiles each statement anew.

    Named in dagster_home/dagster.yaml. A refresh without changes records about 400 events: kept engines save a third of its time.
    """

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> Self:
        """Return the storage that dagster.yaml describes."""
        return cls(inst_data=inst_data, **config_value)

    def run_connection(self, run_id: str | None = None) -> AbstractContextManager[Connection]:
        """Return a connection to the events of one run, inside a transaction."""
        return self._connected(str(run_id))

    def index_connection(self) -> AbstractContextManager[Connection]:
        """Return a connection to the events of assets and checks of all runs, inside a transaction."""
        return self._connected(INDEX_SHARD_NAME)

    @contextmanager
    def _connected(self, shard: str) -> Iterator[Connection]:
        engine = self._engine(shard)
        with self._db_lock, engine.connect() as connection, connection.begin():
            yield connection

    def _engine(self, shard: str) -> Engine:
        engines: dict[str, Engine] = self.__dict__.setdefault("_engines", {})
        if shard not in engines:
            with self._connect(shard):  # Makes the file and its tables where they are not there yet.
                pass
            engines[shard] = create_engine(
                self.conn_string_for_shard(shard), poolclass=NullPool, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
            )
        return engines[shard]


class PostgresHistory(DagsterPostgresStorage):
    """Dagster's own storage in Postgres, by a URL as people write it, with one connection kept for its three parts.

    Named in dagster_home/history_postgres.yaml. Dagster's own logs in anew for each event, and where it is refused tries for half
    a minute, each time with a page of words.
    """

    def __init__(self, postgres_url: str, *, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(postgres_url, inst_data=inst_data)
        # A connection that the server has closed meanwhile is opened anew, which the ping notices.
        kept = create_engine(postgres_url, isolation_level="AUTOCOMMIT", pool_size=1, pool_pre_ping=True)
        for part in (self._run_storage, self._event_log_storage, self._schedule_storage):
            part._engine = kept

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> Self:
        """Return the storage that dagster.yaml describes. Raises ``HistoryUnavailable`` within seconds."""
        address = str(config_value["postgres_url"])
        check_history(address)
        # SQLAlchemy takes `postgresql://` for psycopg 3, which Dagster's statements do not fit.
        url = make_url(address).set(drivername="postgresql+psycopg2")
        return cls(url.render_as_string(hide_password=False), inst_data=inst_data)


@contextmanager
def telling_if_history_is_gone(address: SecretStr | None) -> Iterator[None]:
    """Raise ``HistoryUnavailable`` where the history's Postgres goes away in the block, without Dagster's pages on each try."""
    root = logging.getLogger()
    root.addFilter(_is_no_retry)
    try:
        yield
    except DagsterPostgresException as error:
        if address is None:
            raise
        said = _refusal(address.get_secret_value(), error)
        raise HistoryUnavailable(f"{said} What was published before stays; run it again.") from None
    finally:
        root.removeFilter(_is_no_retry)


def _is_no_retry(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Retrying failed database connection")


def check_history(address: str) -> None:
    """Raise ``HistoryUnavailable`` unless the Postgres at the URL lets us in."""
    try:
        psycopg.connect(address, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.Error as error:
        raise HistoryUnavailable(_refusal(address, error)) from None


def _refusal(address: str, error: Exception) -> str:
    return refusal("The history of Dagster", address, str(error), "DAGSTER_STORAGE_URL")
