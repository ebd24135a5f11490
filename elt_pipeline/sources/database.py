"""How the source database is read: its tables by name, every column as text. Cleaning does not belong here."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import polars as pl
from pydantic import SecretStr

from elt_pipeline.contracts import bronze, source
from elt_pipeline.contracts.table import ContractViolation, TableContract
from elt_pipeline.sources.errors import SourceUnavailable

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

log = logging.getLogger("booklake")

TEXT_TYPES = ("CHAR", "TEXT", "CLOB", "STRING")
FROM_LOADER = {
    source.SOURCE_FILE: "_source_file",
    source.SOURCE_LINE: "_source_line",
    "file": "_source_file",
    "line": "_source_line",
}
REQUIRED_TABLES = (source.BOOK.name,)
KINDS = ("sqlite", "mysql")
EXAMPLES = "Write one such as sqlite:////home/me/source.db or mysql://user:password@host/books."


@dataclass(frozen=True)
class SourceDatabase:
    """A source in the format of ``contracts/source.py``, by its URL: ``sqlite:///…`` or ``mysql://…``.

    In the path of a SQLite file ``?`` is written ``%3F``, and a ``%`` that two hexadecimal digits follow ``%25``.
    """

    url: SecretStr

    def rows(self, contract: TableContract) -> pl.LazyFrame:
        """Return the source's rows for a bronze table, read when they are collected.

        Columns are all text and named as the contract spells them; columns that the contract does not know come last. Where
        the source was filled by our loader, ``_source_file`` and ``_source_line`` say where each row stood, else they are null.
        Raises ``ContractViolation`` for a missing or re-typed column and ``SourceUnavailable`` where the database cannot be read.
        """
        table = bronze.SOURCE_OF[contract.name]
        found = self._columns_of(table.name)
        if found is None:
            return self._absent(table, contract)
        names = match_columns(table, found)
        schema = {name: pl.String() for name in names.values()}
        return _with_provenance(pl.defer(lambda: self._read(table.name, names), schema=schema))

    def check(self) -> None:
        """Raise ``SourceUnavailable`` or ``ContractViolation`` unless the source holds books."""
        self.rows(bronze.BOOKS)

    def dataset_id(self) -> str:
        """Return 16 hexadecimal digits that stand for this dataset: of its files' names where our loader filled the source.

        Else of the source's URL without password and parameters. Two states of one dataset may be compared, two datasets not.
        """
        if self._columns_of(source.LOAD_MARKER) is None:
            parts = [self._parsed().set(password=None, query={}).render_as_string()]
        else:
            parts = sorted(self._read(source.LOAD_MARKER, {"file": "file"})["file"].drop_nulls().to_list())
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    def _columns_of(self, table: str) -> dict[str, str] | None:
        # Seconds of imports that commands which never read the source should not pay.
        from sqlalchemy import inspect  # noqa: PLC0415
        from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError  # noqa: PLC0415

        engine = self._engine()
        try:
            return {str(column["name"]): str(column["type"]) for column in inspect(engine).get_columns(table)}
        except NoSuchTableError:
            return None
        except SQLAlchemyError as error:
            raise SourceUnavailable(
                f"The source at {engine.url.render_as_string(hide_password=True)} does not answer: {str(error).splitlines()[0]}. "
                "Check SOURCE_URL, or load files into the embedded source with `make load DATASET=folder`."
            ) from error
        finally:
            engine.dispose()

    def _parsed(self) -> "URL":
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
        return url

    def _engine(self) -> "Engine":
        from sqlalchemy import create_engine  # noqa: PLC0415 - the same seconds.

        url = self._parsed()
        if url.drivername == "mysql":
            return create_engine(url.set(drivername="mysql+pymysql"), connect_args={"connect_timeout": 3})
        return create_engine(url)

    def _absent(self, table: source.SourceTable, contract: TableContract) -> pl.LazyFrame:
        if table.name in REQUIRED_TABLES:
            raise SourceUnavailable(
                f"The source has no table `{table.name}`. Load files with `make load DATASET=folder`, or check SOURCE_URL."
            )
        log.warning("The source has no table `%s`: %s is empty.", table.name, contract.full_name)
        return pl.LazyFrame(
            schema={name: contract.polars_schema[name] for name in contract.column_names if name != "_ingested_at"}
        )

    def _read(self, table: str, names: Mapping[str, str]) -> pl.DataFrame:
        url = self._parsed()
        is_file = url.get_backend_name() == "sqlite"
        mark = '"' if is_file else "`"
        columns = ", ".join(f"{mark}{name}{mark}" for name in names)
        query = f"select {columns} from {table}"  # noqa: S608 - the names come from the database's own catalogue.
        # SQLAlchemy has decoded the path, and connectorx decodes it too.
        address = f"sqlite://{quote(url.database or '')}" if is_file else self.url.get_secret_value()
        try:
            frame = pl.read_database_uri(query, address, engine="connectorx")
        except (
            BaseException
        ) as error:  # connectorx panics, which is no Exception: what would end the process must end the asset alone.
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            raise SourceUnavailable(f"The source's table `{table}` could not be read: {str(error).splitlines()[0]}") from error
        return frame.cast(pl.String()).rename(dict(names))


def match_columns(table: source.SourceTable, found: Mapping[str, str]) -> dict[str, str]:
    """Return the source's column names, each with the name it has in bronze; case aside, and unknown ones last.

    ``found`` gives each column's declared type. Raises ``ContractViolation`` naming every missing and every re-typed column.
    """
    by_case = {name.casefold(): name for name in found}
    wanted = [*table.columns, *(name for name in (source.SOURCE_FILE, source.SOURCE_LINE) if name.casefold() in by_case)]
    missing = [f"missing column `{name}`" for name in wanted if name.casefold() not in by_case]
    retyped = [
        f"column `{name}` is {type_}, not text"
        for name, type_ in found.items()
        if not type_.upper().split("(")[0].endswith(TEXT_TYPES)
    ]
    if missing or retyped:
        raise ContractViolation(
            f"The source's table `{table.name}`: {'; '.join(missing + retyped)}. Mend the source, or load it again."
        )
    names = {by_case[name.casefold()]: FROM_LOADER.get(name, name) for name in wanted}
    new = sorted(name for name in found if name not in names)
    if new:
        log.warning("The source's table `%s` has new columns, kept in bronze alone: %s.", table.name, ", ".join(new))
    return names | {name: name for name in new}


def _with_provenance(rows: pl.LazyFrame) -> pl.LazyFrame:
    found = rows.collect_schema().names()
    file, line = pl.lit(None, pl.String()).alias("_source_file"), pl.lit(None, pl.String()).alias("_source_line")
    rows = rows.with_columns([column for name, column in (("_source_file", file), ("_source_line", line)) if name not in found])
    return rows.with_columns(pl.col("_source_line").cast(pl.Int64, strict=False))
