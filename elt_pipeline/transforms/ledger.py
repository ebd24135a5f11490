"""How the rows of each source table are accounted for: read = kept + merged + rejected. The rows themselves are in records.py."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts import source
from elt_pipeline.contracts.gold import LEDGER_ROWS, ROW_LEDGER
from elt_pipeline.transforms.raw_tables import RawTables
from elt_pipeline.transforms.records import table_of_file

ACCOUNTED = tuple(table.name for table in source.FILE_TABLES)
READ, KEPT, MERGED, REJECTED = "read", "kept", "merged", "rejected"
NO_REASON = ""
ROWS_BEHIND_A_NUMBER = 1_000


@dataclass(frozen=True)
class KeptTables:
    """The silver tables whose rows stand for rows of the source, one for one."""

    editions: DataFrame
    genres: DataFrame
    work_genres: DataFrame
    ratings: DataFrame
    download_links: DataFrame

    def by_source_table(self) -> dict[str, DataFrame]:
        """Return the rows that stand for kept ones by the name of their table in the source."""
        of_ratings = {
            name: self.ratings.where(F.col("source_table") == name) for name in (source.RATING.name, source.USER_RATING.name)
        }
        return of_ratings | {
            source.BOOK.name: self.editions,
            source.GENRE.name: self.genres,
            source.BOOK_GENRE.name: self.work_genres,
            source.BOOK_DOWNLOAD_LINK.name: self.download_links,
        }


def balance_rows(raw: RawTables, kept: KeptTables, rejected_rows: DataFrame, merged_rows: DataFrame) -> DataFrame:
    """Return one row per source table, outcome and reason, in the columns of ``gold.ROW_LEDGER``.

    What was read is counted in bronze, load rejects included, and not added up from the outcomes: ``unbalanced`` compares them.
    """
    counted = [
        *(_counted_whole(frame, name, READ) for name, frame in raw.by_source_table().items()),
        *(_counted_whole(frame, name, KEPT) for name, frame in kept.by_source_table().items()),
        _counted(raw.load_rejects, table_of_file(F.col("_source_file")), READ, F.lit(NO_REASON)),
        _counted(rejected_rows, F.col("source_table"), REJECTED, F.col("rejection_reason")),
        _counted(merged_rows, F.col("source_table"), MERGED, F.col("rule")),
    ]
    key = ("source_table", "outcome", "reason")
    summed = reduce(DataFrame.unionByName, counted).groupBy(*key).agg(F.sum("row_count").cast("bigint").alias("row_count"))
    return summed.select(*ROW_LEDGER.column_names)


def sample_rows(rejected_rows: DataFrame, merged_rows: DataFrame) -> DataFrame:
    """Return the source rows behind the ledger's numbers, in the columns of ``gold.LEDGER_ROWS``.

    Of each table, outcome and reason there are at most ``ROWS_BEHIND_A_NUMBER``: those whose ids, which are hashes, come first.
    """
    rejected = rejected_rows.withColumns(
        {
            "ledger_row_id": F.col("rejected_row_id"),
            "outcome": F.lit(REJECTED),
            "reason": F.col("rejection_reason"),
            "into_key": F.lit(None).cast("string"),
        }
    )
    merged = merged_rows.withColumns({"ledger_row_id": F.col("merged_row_id"), "outcome": F.lit(MERGED), "reason": F.col("rule")})
    rows = rejected.select(*LEDGER_ROWS.column_names).unionByName(merged.select(*LEDGER_ROWS.column_names))
    of_number = Window.partitionBy("source_table", "outcome", "reason").orderBy("ledger_row_id")
    ranked = rows.withColumn("place", F.row_number().over(of_number))
    return ranked.where(F.col("place") <= ROWS_BEHIND_A_NUMBER).select(*LEDGER_ROWS.column_names)


def unbalanced(rows: Iterable[tuple[str, str, str, int]]) -> list[str]:
    """Return a sentence for each source table whose outcomes do not add up to what was read; empty where all do.

    Each row is ``(source_table, outcome, reason, row_count)``.
    """
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for table, outcome, _, row_count in rows:
        counts[table][outcome] += row_count
    return [_sentence(table, of_table) for table, of_table in sorted(counts.items()) if _missing(of_table)]


def _missing(of_table: dict[str, int]) -> int:
    return of_table[READ] - of_table[KEPT] - of_table[MERGED] - of_table[REJECTED]


def _sentence(table: str, of_table: dict[str, int]) -> str:
    missing = _missing(of_table)
    verdict = f"{missing} rows are lost" if missing > 0 else f"{-missing} rows are counted twice"
    return (
        f"{table}: {of_table[READ]} rows read, but {of_table[KEPT]} kept + {of_table[MERGED]} merged "
        f"+ {of_table[REJECTED]} rejected: {verdict}. Compare silver.rejected_rows and silver.merged_rows with bronze."
    )


def _counted_whole(frame: DataFrame, table: str, outcome: str) -> DataFrame:
    """One row even where the frame is empty."""
    count = frame.agg(F.count("*").alias("row_count"))
    return count.select(
        F.lit(table).alias("source_table"), F.lit(outcome).alias("outcome"), F.lit(NO_REASON).alias("reason"), "row_count"
    )


def _counted(frame: DataFrame, table: Column, outcome: str, reason: Column) -> DataFrame:
    named = frame.select(table.alias("source_table"), F.lit(outcome).alias("outcome"), reason.alias("reason"))
    return (
        named.where(F.col("source_table").isin(*ACCOUNTED))
        .groupBy("source_table", "outcome", "reason")
        .agg(F.count("*").alias("row_count"))
    )
