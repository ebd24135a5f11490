"""How silver becomes what consumers rely on: joins and names only. Rules that clean or decide belong to the silver modules."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from elt_pipeline.contracts import gold

AUTHOR_SEPARATOR = ", "


def publish_works(
    works: DataFrame, editions: DataFrame, authors: DataFrame, work_authors: DataFrame, ratings: DataFrame
) -> DataFrame:
    """Return one row per work, in the columns of ``gold.WORKS``; all joins are left joins on keys and keep the grain."""
    best = editions.select(F.col("edition_id").alias("best_edition_id"), "isbn13")
    readers = ratings.groupBy("work_id").agg(F.count("*").alias("reader_count"))
    joined = (
        works.join(best, on="best_edition_id", how="left")
        .join(join_author_names(authors, work_authors), on="work_id", how="left")
        .join(readers, on="work_id", how="left")
    )
    counted = joined.withColumn("reader_count", F.coalesce("reader_count", F.lit(0).cast("bigint")))
    return counted.select(*gold.WORKS.column_names)


def publish_editions(editions: DataFrame, edition_works: DataFrame, works: DataFrame) -> DataFrame:
    """Return one row per edition, in the columns of ``gold.EDITIONS``; each edition has one work, each work one best edition."""
    grouped = edition_works.select(
        "edition_id", "work_id", F.col("rule").alias("grouping_rule"), F.col("evidence").alias("grouping_evidence")
    )
    joined = editions.join(grouped, on="edition_id", how="inner").join(
        works.select("work_id", "best_edition_id"), on="work_id", how="inner"
    )
    is_best = F.col("edition_id") == F.col("best_edition_id")
    return joined.withColumn("is_best_edition", is_best).select(*gold.EDITIONS.column_names)


def publish_ratings(ratings: DataFrame) -> DataFrame:
    """Return one row per work and reader, in the columns of ``gold.RATINGS_BY_WORK``."""
    return ratings.select(*gold.RATINGS_BY_WORK.column_names)


def join_author_names(authors: DataFrame, work_authors: DataFrame) -> DataFrame:
    """Return ``work_id`` and ``authors``, the names in order joined by a comma; works without author are absent."""
    named = work_authors.join(authors.select("author_id", "name"), on="author_id", how="inner")
    in_order = F.sort_array(F.collect_list(F.struct("author_position", "name")))
    names = F.array_join(F.transform(in_order, lambda author: author["name"]), AUTHOR_SEPARATOR)
    return named.groupBy("work_id").agg(names.alias("authors"))
