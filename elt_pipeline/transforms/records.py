"""How rows that were not taken or were merged go on record. Which ones they are is decided where the rows are judged."""

from functools import reduce

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts import source
from elt_pipeline.contracts.silver import MERGED_ROWS, REJECTED_ROWS
from elt_pipeline.transforms.editions import judge_books, rank_books
from elt_pipeline.transforms.genres import judge_book_genres, judge_genres, rank_book_genres, rank_genres
from elt_pipeline.transforms.links import judge_download_links, rank_download_links
from elt_pipeline.transforms.ratings import judge_all_ratings, rank_ratings
from elt_pipeline.transforms.raw_tables import RawTables
from elt_pipeline.transforms.source_rows import SAME_ID, SAME_WORK, joined_key, record_of

UNKNOWN_TABLE = "unknown"


def reject_rows(raw: RawTables, editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return one row per source row or line that is not taken, in the columns of ``silver.REJECTED_ROWS``."""
    judged = [
        _rejected_lines(raw.load_rejects),
        _recorded_books(judge_books(raw.books)),
        judge_all_ratings(raw.ratings, raw.user_ratings, editions, edition_works),
        judge_genres(raw.genres),
        judge_book_genres(raw.book_genres, raw.genres, editions, edition_works),
        judge_download_links(raw.book_download_links, editions),
    ]
    columns = [name for name in REJECTED_ROWS.column_names if name != "rejected_row_id"]
    rejected = [frame.where(F.col("rejection_reason").isNotNull()).select(*columns) for frame in judged]
    numbered = with_row_id(reduce(DataFrame.unionByName, rejected), "rejected_row_id", "rejection_reason")
    return numbered.select(*REJECTED_ROWS.column_names)


def merge_rows(raw: RawTables, editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return one row per source row that was merged into another, in the columns of ``silver.MERGED_ROWS``."""
    merged = [
        _merged_books(raw.books),
        _merged_ratings(raw, editions, edition_works),
        rank_genres(raw.genres).where(F.col("rule").isNotNull()),
        rank_book_genres(raw.book_genres, raw.genres, editions, edition_works).where(F.col("link_rank") > 1),
        rank_download_links(raw.book_download_links, editions).where(F.col("link_rank") > 1),
    ]
    columns = [name for name in MERGED_ROWS.column_names if name != "merged_row_id"]
    rows = reduce(DataFrame.unionByName, [frame.select(*columns) for frame in merged])
    return with_row_id(rows, "merged_row_id", "rule").select(*MERGED_ROWS.column_names)


def with_row_id(rows: DataFrame, id_column: str, reason_column: str) -> DataFrame:
    """Return the rows with an id that depends on what they say, not on their order: a SHA-256 and the count among equal rows."""
    said = F.struct("source_table", "_source_file", reason_column, "source_row")
    digested = rows.withColumn("digest", F.sha2(F.to_json(said), 256))
    by_line = Window.partitionBy("digest").orderBy(F.col("_source_line").asc_nulls_first())
    return digested.withColumn(id_column, F.concat_ws("-", "digest", F.row_number().over(by_line).cast("string")))


def table_of_file(file_name: Column) -> Column:
    """The source table whose rows a file holds, by the longest prefix of its name.

    A file of any other name is a catalogue, which holds books; ``unknown`` where no file is named.
    """
    longest_first = sorted(source.FILE_TABLES, key=lambda table: len(table.file_prefix), reverse=True)
    fitting = [F.when(F.lower(file_name).startswith(table.file_prefix), table.name) for table in longest_first]
    return F.coalesce(*fitting, F.when(file_name.isNotNull(), source.BOOK.name), F.lit(UNKNOWN_TABLE))


def _rejected_lines(load_rejects: DataFrame) -> DataFrame:
    return load_rejects.select(
        table_of_file(F.col("_source_file")).alias("source_table"),
        F.lit(None).cast("string").alias("source_key"),
        F.col("reason").alias("rejection_reason"),
        F.to_json(F.struct("text")).alias("source_row"),
        "_source_file",
        "_source_line",
    )


def _recorded_books(books: DataFrame) -> DataFrame:
    judged = [name for name in books.columns if name in {"rejection_reason", "edition_id"}]
    return books.select(*record_of(source.BOOK, "Id"), *judged)


def _merged_books(raw_books: DataFrame) -> DataFrame:
    merged = _recorded_books(rank_books(raw_books).where(F.col("candidate_rank") > 1))
    return merged.withColumns({"into_key": F.col("edition_id").cast("string"), "rule": F.lit(SAME_ID)})


def _merged_ratings(raw: RawTables, editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    judged = judge_all_ratings(raw.ratings, raw.user_ratings, editions, edition_works)
    merged = rank_ratings(judged).where(F.col("rating_rank") > 1)
    into_key = joined_key(F.col("reader_id"), F.col("work_id").cast("string"))
    return merged.withColumns({"into_key": into_key, "rule": F.lit(SAME_WORK)})
