"""How the rows of each source table are accounted for: read = kept + merged + rejected. The rows themselves are in records.py."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from elt_pipeline.contracts import source
from elt_pipeline.contracts.gold import ROW_LEDGER
from elt_pipeline.transforms.records import table_of_file

# The other tables are loaded and not taken further: of their lines only those that are no rows are in the lake.
ACCOUNTED = tuple(table.name for table in (source.BOOK, source.RATING, source.USER_RATING))
READ, KEPT, MERGED, REJECTED = "read", "kept", "merged", "rejected"
NO_REASON = ""


def balance_rows(
    raw_books: DataFrame,
    raw_ratings: DataFrame,
    raw_user_ratings: DataFrame,
    load_rejects: DataFrame,
    editions: DataFrame,
    ratings: DataFrame,
    rejected_rows: DataFrame,
    merged_rows: DataFrame,
) -> DataFrame:
    """Return one row per source table that is taken further, outcome and reason, in the columns of ``gold.ROW_LEDGER``.

    What was read is counted in bronze, load rejects included, and not added up from the outcomes: ``unbalanced`` compares them.
    """
    book, rating, user_rating = ACCOUNTED
    kept_ratings = {name: ratings.where(F.col("source_table") == name) for name in (rating, user_rating)}
    read = {book: raw_books, rating: raw_ratings, user_rating: raw_user_ratings}
    counted = [
        *(_counted_whole(frame, name, READ) for name, frame in read.items()),
        *(_counted_whole(frame, name, KEPT) for name, frame in ({book: editions} | kept_ratings).items()),
        _counted(load_rejects, table_of_file(F.col("_source_file")), READ, F.lit(NO_REASON)),
        _counted(rejected_rows, F.col("source_table"), REJECTED, F.col("rejection_reason")),
        _counted(merged_rows, F.col("source_table"), MERGED, F.col("rule")),
    ]
    key = ("source_table", "outcome", "reason")
    summed = reduce(DataFrame.unionByName, counted).groupBy(*key).agg(F.sum("row_count").cast("bigint").alias("row_count"))
    return summed.select(*ROW_LEDGER.column_names)


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
