"""How rows that were not taken or were merged go on record. Which ones they are is decided where the rows are judged."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts import source
from elt_pipeline.contracts.silver import MERGED_ROWS, REJECTED_ROWS
from elt_pipeline.transforms.editions import judge_books, rank_books
from elt_pipeline.transforms.ratings import joined_key, judge_all_ratings, rank_ratings

UNKNOWN_TABLE = "unknown"
SAME_ID, SAME_WORK = "same_id", "same_work"


def reject_rows(
    load_rejects: DataFrame,
    raw_books: DataFrame,
    raw_ratings: DataFrame,
    raw_user_ratings: DataFrame,
    editions: DataFrame,
    edition_works: DataFrame,
) -> DataFrame:
    """Return one row per source row or line that is not taken, in the columns of ``silver.REJECTED_ROWS``."""
    ratings = judge_all_ratings(raw_ratings, raw_user_ratings, editions, edition_works)
    columns = [name for name in REJECTED_ROWS.column_names if name != "rejected_row_id"]
    rejected = [_rejected_lines(load_rejects), _described_books(judge_books(raw_books)), ratings]
    rows = [frame.where(F.col("rejection_reason").isNotNull()).select(*columns) for frame in rejected]
    numbered = with_row_id(rows[0].unionByName(rows[1]).unionByName(rows[2]), "rejected_row_id", "rejection_reason")
    return numbered.select(*REJECTED_ROWS.column_names)


def merge_rows(
    raw_books: DataFrame, raw_ratings: DataFrame, raw_user_ratings: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """Return one row per source row that was merged into another, in the columns of ``silver.MERGED_ROWS``."""
    columns = [name for name in MERGED_ROWS.column_names if name != "merged_row_id"]
    books = _described_books(rank_books(raw_books).where(F.col("candidate_rank") > 1))
    merged_books = books.withColumns({"into_key": F.col("edition_id").cast("string"), "rule": F.lit(SAME_ID)})
    judged = judge_all_ratings(raw_ratings, raw_user_ratings, editions, edition_works)
    ratings = rank_ratings(judged).where(F.col("rating_rank") > 1)
    into_key = joined_key(F.col("reader_id"), F.col("work_id").cast("string"))
    merged_ratings = ratings.withColumns({"into_key": into_key, "rule": F.lit(SAME_WORK)})
    rows = merged_books.select(*columns).unionByName(merged_ratings.select(*columns))
    return with_row_id(rows, "merged_row_id", "rule").select(*MERGED_ROWS.column_names)


def with_row_id(rows: DataFrame, id_column: str, reason_column: str) -> DataFrame:
    """Return the rows with an id that depends on what they say, not on their order: a SHA-256 and the count among equal rows."""
    said = F.struct("source_table", "_source_file", reason_column, "source_row")
    digested = rows.withColumn("digest", F.sha2(F.to_json(said), 256))
    by_line = Window.partitionBy("digest").orderBy(F.col("_source_line").asc_nulls_first())
    return digested.withColumn(id_column, F.concat_ws("-", "digest", F.row_number().over(by_line).cast("string")))


def table_of_file(file_name: Column) -> Column:
    """The source table whose rows a file holds, by the longest prefix of its name; ``unknown`` where it is none of ours."""
    longest_first = sorted(source.FILE_TABLES, key=lambda table: len(table.file_prefix), reverse=True)
    fitting = [F.when(F.lower(file_name).startswith(table.file_prefix), table.name) for table in longest_first]
    return F.coalesce(*fitting, F.lit(UNKNOWN_TABLE))


def _rejected_lines(load_rejects: DataFrame) -> DataFrame:
    return load_rejects.select(
        table_of_file(F.col("_source_file")).alias("source_table"),
        F.lit(None).cast("string").alias("source_key"),
        F.col("reason").alias("rejection_reason"),
        F.to_json(F.struct("text")).alias("source_row"),
        "_source_file",
        "_source_line",
    )


def _described_books(books: DataFrame) -> DataFrame:
    row = F.to_json(F.struct(*(F.col(f"`{column}`") for column in source.BOOK.columns)))
    return books.withColumns({"source_table": F.lit(source.BOOK.name), "source_key": F.col("Id"), "source_row": row})
