"""The lake: where its tables stand, how they are read, and which write each contract asks for. No domain rules here."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from elt_pipeline.contracts.lake import TABLES
from elt_pipeline.contracts.table import TableContract, Write
from elt_pipeline.storage.delta import polars_writer, spark_writer
from elt_pipeline.storage.delta.commits import Commit, Stamp, last_commit
from elt_pipeline.storage.delta.maintenance import Maintained, maintain
from elt_pipeline.storage.delta.spark_names import name_tables
from elt_pipeline.storage.delta.versions import Version, require_version, versions
from elt_pipeline.storage.engine import engine_name, open_spark, telling_if_gone
from elt_pipeline.storage.spark_pages import SparkPages, label

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@dataclass(frozen=True)
class Lake:
    """Delta tables at ``<url>/<layer>/<table>``, read and written by Polars and by the Spark behind ``spark_remote``."""

    url: str
    spark_remote: str | None
    # Asked before each write: raises where the one-writer lock is no longer held.
    still_held: Callable[[], None] = lambda: None
    # A folder for rows on their way, emptied by each write; None is one of the system's.
    scratch: Path | None = None
    spark_pages: SparkPages = field(default_factory=SparkPages)

    @property
    def spark(self) -> "SparkSession":
        """The Spark session of this process."""
        return open_spark(self.spark_remote)

    def telling_if_engine_is_gone(self) -> AbstractContextManager[None]:
        """Return a context that raises ``SparkUnavailable`` where Spark goes away in it, and lets a later step open it anew."""
        return telling_if_gone(self.spark_remote)

    @property
    def engine_name(self) -> str:
        """What a person calls the engine."""
        return engine_name(self.spark_remote)

    def label(self, contract: TableContract, run_id: str) -> None:
        """Name what Spark does from now on after the table and the run."""
        label(self.spark, "/".join(contract.key), run_id)

    def name_tables(self) -> None:
        """Have the Spark server know each table that is there by its name, ``gold.works``, for all its clients."""
        standing = [contract for contract in TABLES if self.commit_of(contract)]
        with self.telling_if_engine_is_gone():
            name_tables(self.spark, {contract: self.url_of(contract) for contract in standing})

    def url_of(self, contract: TableContract) -> str:
        """Return where the table stands."""
        return f"{self.url.rstrip('/')}/{contract.layer}/{contract.name}"

    def read(self, contract: TableContract, version: int | None = None) -> "DataFrame":
        """Return the table lazily in Spark, columns in the contract's order, new ones of the source last.

        ``version`` is an older one; raises ``LakeUnavailable`` where that cannot be read any more.
        """
        reader, url = self.spark.read.format("delta"), self.url_of(contract)
        if version is not None:
            require_version(url, version)
            reader = reader.option("versionAsOf", version)
        frame = reader.load(url)
        if contract.keeps_new_columns:
            return frame
        return frame.select(contract.column_names)

    def scan(self, contract: TableContract, version: int | None = None) -> pl.LazyFrame:
        """Return the table lazily in Polars. Rows have no order. Of older versions as ``read``."""
        url = self.url_of(contract)
        if version is not None:
            require_version(url, version)
        return pl.scan_delta(url, version=version)

    def versions_of(self, contract: TableContract, limit: int) -> list[Version]:
        """Return the last ``limit`` versions, the newest first; none where there is no table yet."""
        return versions(self.url_of(contract), limit)

    def maintain(self, contract: TableContract, kept_days: float) -> Maintained | None:
        """Compact the table's files and remove those of versions older than ``kept_days``; None where there is no table yet."""
        self.still_held()
        return maintain(contract.full_name, self.url_of(contract), kept_days)

    def commit_of(self, contract: TableContract) -> Commit | None:
        """Return the last commit; None where there is no table yet. Raises ``LakeUnavailable`` where it cannot be read."""
        return last_commit(self.url_of(contract))

    def write(
        self, contract: TableContract, frame: "DataFrame | pl.LazyFrame", stamp: Stamp, partitions: Collection[str] | None
    ) -> bool:
        """Write ``frame`` as the contract says; return whether any row changed. ``partitions`` are those to replace, None all."""
        self.still_held()
        url = self.url_of(contract)
        if isinstance(frame, pl.LazyFrame):
            return self._write_polars(contract, url, frame, stamp, partitions)
        writes: dict[Write, Callable[[], bool | None]] = {
            Write.OVERWRITE: lambda: spark_writer.overwrite(contract, url, frame, stamp),
            Write.MERGE: lambda: spark_writer.merge(contract, url, frame, stamp),
        }
        if contract.write not in writes:
            raise TypeError(f"{contract.full_name} is written by {contract.write.value}, which takes a polars.LazyFrame.")
        return writes[contract.write]() is not False

    def _write_polars(
        self, contract: TableContract, url: str, frame: pl.LazyFrame, stamp: Stamp, partitions: Collection[str] | None
    ) -> bool:
        if contract.write is Write.MERGE:
            raise TypeError(f"{contract.full_name} is written by {contract.write.value}, which takes a pyspark.sql.DataFrame.")
        if contract.write is Write.APPEND:
            polars_writer.append(contract, url, frame, stamp)
            return True
        return polars_writer.replace_changed(contract, url, frame, stamp, partitions, self.scratch)


def normal_url(url: str) -> str:
    """Return the lake's URL in the one spelling that every engine takes: Spark knows S3 as ``s3a`` alone."""
    scheme, separator, rest = url.partition("://")
    return f"s3a://{rest}" if separator and scheme.lower() in ("s3", "s3n", "s3a") else url
