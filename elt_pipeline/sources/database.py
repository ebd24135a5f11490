"""How the source database is found and looked at: its tables, columns and state. Reading rows belongs to extraction.py."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import polars as pl
from pydantic import SecretStr

from elt_pipeline.contracts import bronze, source
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.sources.dialects import MYSQL, SQLITE, Dialect
from elt_pipeline.sources.drift import find_table, match_columns
from elt_pipeline.sources.driver_words import cause, first_line, secrets_of
from elt_pipeline.sources.errors import SourceChanged, SourceUnavailable
from elt_pipeline.sources.extraction import Extraction
from elt_pipeline.sources.mysql import bulk_address, columns_query, mysql_engine, refusal

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

REQUIRED_TABLES = (source.BOOK.name,)
KINDS = ("sqlite", "mysql")
EXAMPLES = "Write one such as sqlite:////home/me/source.db or mysql://user:password@host/books."
# How long a lock on the file is waited for.
LOCK_SECONDS = 3
LOCKED = "Another program keeps it open, perhaps a load: run it again when that is done."
ADVICE = "Check SOURCE_URL, or load files into the embedded source with `make load DATASET=folder`."


@dataclass(frozen=True)
class SourceDatabase:
    """A source in the format of ``contracts/source.py``, by its URL: ``sqlite:///…`` or ``mysql://…``.

    In the path of a SQLite file ``?`` is written ``%3F``, and a ``%`` that two hexadecimal digits follow ``%25``. One object is
    for one run: all that it reads is of one state of the source.
    """

    url: SecretStr

    def rows(self, contract: TableContract) -> pl.LazyFrame:
        """Return the source's rows for a bronze table, read in batches when they are collected or written.

        Columns are all text and named as the contract spells them; columns that the contract does not know come last. Where
        the source was filled by our loader, ``_source_file`` and ``_source_line`` say where each row stood, else they are null.
        Raises ``ContractViolation`` for a missing or re-typed column and ``SourceUnavailable`` where the database cannot be read;
        collecting raises ``SourceChanged`` where the table, or the load that filled it, changed meanwhile.
        """
        table = bronze.SOURCE_OF[contract.name]
        first_state = self._first_state
        name = find_table(table.name, self._tables())
        if name is None:
            return _absent(table, contract)
        columns = match_columns(table, self._columns_of(name))

        def confirm() -> None:
            if self.state() != first_state:
                raise SourceChanged(
                    f"The source was loaded anew while it was read: `{name}` may be of another load than the tables before it. "
                    "Nothing of it was written: run it again."
                )

        return _with_provenance(Extraction(name, columns, self._dialect, self._address, self._ask).rows(confirm))

    def drift(self, contract: TableContract) -> list[str]:
        """Return a sentence for each way in which the table is not as the format says and is taken all the same."""
        table = bronze.SOURCE_OF[contract.name]
        name = find_table(table.name, self._tables())
        if name is None:
            return [f"The source has no table `{table.name}`, so that {contract.full_name} is empty."]
        matched, used = match_columns(table, self._columns_of(name)), self._used_columns()
        new = [f"`{column.name}`" for column in matched if column.is_new and column.name.casefold() not in used]
        if not new:
            return []
        what = f"the new column {new[0]}, which is" if len(new) == 1 else f"the new columns {', '.join(new)}, which are"
        return [f"The source's table `{name}` has {what} kept in {contract.full_name} alone."]

    def sizes(self) -> dict[str, str]:
        """Return for each table of the format that is there its rows and largest key in words; ``load`` says which load it is.

        The key is the number that a text of the first column begins with. Raises ``SourceUnavailable``.
        """
        found, tables = {"load": " ".join(str(part) for row in self.state() for part in row)}, self._tables()
        for table in source.FILE_TABLES:
            name = find_table(table.name, tables)
            if name is None:
                continue
            key = find_table(table.columns[0], self._columns_of(name))
            largest = self._dialect.largest_number(key) if key else "0"
            ((rows, last),) = self._all(f"select count(*), {largest} from {self._dialect.quoted(name)}")  # noqa: S608 - the same.
            found[table.name] = f"{rows:,} rows up to {last or 0}"
        return found

    def check(self) -> None:
        """Raise ``SourceUnavailable`` or ``ContractViolation`` unless the source holds books."""
        self.rows(bronze.BOOKS)

    def dataset_id(self) -> str:
        """Return 16 hexadecimal digits that stand for this dataset: of its files' names where our loader filled the source.

        Else of the source's URL without password and parameters. Two states of one dataset may be compared, two datasets not.
        """
        marker = find_table(source.LOAD_MARKER, self._tables())
        if marker is None:
            parts = [self._url.set(password=None, query={}).render_as_string()]
        else:
            files = self._all(f"select file from {self._dialect.quoted(marker)}")  # noqa: S608 - a name of its own.
            parts = sorted(str(file) for (file,) in files if file is not None)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    def state(self) -> tuple[tuple[Any, ...], ...]:
        """What tells one content of the source from the next that takes its place: the load's id, or the tables' identities.

        Rows that somebody changes in place do not change it.
        """
        marker = find_table(source.LOAD_MARKER, self._tables())
        if marker and source.LOAD_ID in self._columns_of(marker):
            place = self._dialect.quoted(marker)
            return self._all(f"select distinct {source.LOAD_ID} from {place} order by 1")  # noqa: S608 - names of its own.
        ours = {table.name for table in bronze.SOURCE_OF.values()}
        return tuple(sorted(row for row in self._all(self._dialect.identities) if str(row[0]).casefold() in ours))

    def _used_columns(self) -> set[str]:
        """The columns beside the format's that our loader has read into others, in lower case; none where another filled it."""
        marker = find_table(source.LOAD_MARKER, self._tables())
        if marker is None or source.USED_COLUMNS not in self._columns_of(marker):
            return set()
        place = self._dialect.quoted(marker)
        lists = self._all(f"select {source.USED_COLUMNS} from {place}")  # noqa: S608 - names of its own.
        return {str(name).casefold() for (names,) in lists for name in json.loads(names or "[]")}

    @cached_property
    def _first_state(self) -> tuple[tuple[Any, ...], ...]:
        return self.state()

    def _tables(self) -> list[str]:
        from sqlalchemy import inspect  # noqa: PLC0415 - seconds that commands which never read the source should not pay.

        with self._told() as engine:
            found = inspect(engine)
            return [*found.get_table_names(), *found.get_view_names()]

    def _columns_of(self, table: str) -> dict[str, str]:
        from sqlalchemy import inspect  # noqa: PLC0415 - the same seconds.

        if not self._is_file:
            return {str(name): str(type_) for name, type_ in self._all(columns_query(table))}
        with self._told() as engine:
            return {str(column["name"]): str(column["type"]) for column in inspect(engine).get_columns(table)}

    def _ask(self, query: str) -> Sequence[int]:
        (row,) = self._all(query)
        return [int(number) for number in row]

    def _all(self, query: str) -> tuple[tuple[Any, ...], ...]:
        with self._told() as engine, engine.connect() as connection:
            # Without parameters a % in a column's name is a percent sign to every driver.
            found = connection.execution_options(no_parameters=True).exec_driver_sql(query)
            return tuple(tuple(row) for row in found)

    @contextmanager
    def _told(self) -> "Iterator[Engine]":
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - the same seconds.

        engine = self._engine()
        try:
            yield engine
        except SQLAlchemyError as error:
            secrets = secrets_of(self.url.get_secret_value())
            raise SourceUnavailable(self._refusal(getattr(error, "orig", None) or error, secrets)) from cause(error, secrets)
        finally:
            engine.dispose()

    def _refusal(self, error: BaseException, secrets: tuple[str, ...]) -> str:
        if not self._is_file:
            return refusal(self._url, error, secrets)
        said = first_line(error, secrets)
        return f"The source at {self._url} does not answer: {said}. {LOCKED if 'locked' in said else ADVICE}"

    @cached_property
    def _url(self) -> "URL":
        from sqlalchemy import make_url  # noqa: PLC0415 - the same seconds.
        from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

        address = self.url.get_secret_value()
        try:
            url = make_url(address)
        except (ArgumentError, ValueError) as error:
            raise SourceUnavailable(f"SOURCE_URL is no database URL. {EXAMPLES}") from error
        if url.get_backend_name() not in KINDS:
            raise SourceUnavailable(f"SOURCE_URL names a database of the kind {url.get_backend_name()}. {EXAMPLES}")
        if url.get_backend_name() == "sqlite" and "?" in address:
            raise SourceUnavailable(
                f"The source at {address} cannot be opened: what follows the ? is not read as part of the path. "
                "Write %3F for each ? in SOURCE_URL, or move the file to a folder without one."
            )
        if url.get_backend_name() == "mysql" and not (url.host and url.database):
            raise SourceUnavailable(f"SOURCE_URL names no host or no database. {EXAMPLES}")
        return url

    @property
    def _is_file(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    @property
    def _dialect(self) -> Dialect:
        return SQLITE if self._is_file else MYSQL

    @property
    def _address(self) -> str:
        # SQLAlchemy has decoded the path, and connectorx decodes it too.
        return f"sqlite://{quote(self._url.database or '')}" if self._is_file else bulk_address(self._url)

    def _engine(self) -> "Engine":
        from sqlalchemy import create_engine  # noqa: PLC0415 - the same seconds.

        if not self._is_file:
            return mysql_engine(self._url)
        # A connection would make the file.
        if not Path(self._url.database or "").is_file():
            raise SourceUnavailable(f"The source has no file {self._url.database} yet. {ADVICE}")
        return create_engine(self._url, connect_args={"timeout": LOCK_SECONDS})


def _absent(table: source.SourceTable, contract: TableContract) -> pl.LazyFrame:
    if table.name in REQUIRED_TABLES:
        raise SourceUnavailable(
            f"The source has no table `{table.name}`. Load files with `make load DATASET=folder`, or check SOURCE_URL."
        )
    return pl.LazyFrame(schema={name: contract.polars_schema[name] for name in contract.column_names if name != "_ingested_at"})


def _with_provenance(rows: pl.LazyFrame) -> pl.LazyFrame:
    found = rows.collect_schema().names()
    file, line = pl.lit(None, pl.String()).alias("_source_file"), pl.lit(None, pl.String()).alias("_source_line")
    rows = rows.with_columns([column for name, column in (("_source_file", file), ("_source_line", line)) if name not in found])
    return rows.with_columns(pl.col("_source_line").cast(pl.Int64, strict=False))
