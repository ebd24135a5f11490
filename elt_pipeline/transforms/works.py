"""What stands for a work. Which editions it has is in edition_works.py, who wrote it in authors.py."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts.silver import WORKS


def describe_works(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return one row per work, in the columns of ``silver.WORKS``: what its best edition says, and counts of all its editions."""
    ranked = rank_titles(rank_editions(editions, edition_works))
    is_best = F.col("edition_rank") == 1
    has_series = F.col("edition_rank") == F.col("series_rank")
    is_described = F.col("edition_rank") == F.col("description_rank")
    described = ranked.groupBy("work_id").agg(
        F.max(F.when(F.col("title_rank") == 1, F.col("title"))).alias("title"),
        F.max(F.when(is_best, F.col("language_code"))).alias("language_code"),
        F.max(F.when(is_best, F.col("edition_id"))).alias("best_edition_id"),
        *(F.max(F.when(has_series, F.col(column))).alias(column) for column in ("series_name", "series_number")),
        F.max(F.when(is_described, F.col("description"))).alias("description"),
        F.min("publish_year").alias("first_publish_year"),
        F.count("*").cast("int").alias("edition_count"),
        F.coalesce(F.sum("rating_count"), F.lit(0)).cast("bigint").alias("rating_count"),
        mean_stars(F.col("average_stars"), F.col("rating_count")).alias("average_stars"),
    )
    return described.select(*WORKS.column_names)


def rank_editions(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return the editions with ``work_id``, ``edition_rank`` (1 is the best), ``series_rank`` and ``description_rank``.

    The last two are the ranks of the work's best edition that names a series, and of the best that has a description.
    The most rated edition is the best, then one with ISBN, with pages, with a year, the smallest id. The join keeps the grain.
    """
    of_work = Window.partitionBy("work_id")
    best_first = of_work.orderBy(
        F.col("rating_count").desc_nulls_last(),
        F.col("isbn13").isNull(),
        F.col("page_count").isNull(),
        F.col("publish_year").isNull(),
        "edition_id",
    )
    joined = editions.join(edition_works.select("edition_id", "work_id"), on="edition_id", how="inner")
    ranked = joined.withColumn("edition_rank", F.row_number().over(best_first))
    firsts = {"series_rank": "series_name", "description_rank": "description"}
    return ranked.withColumns(
        {rank: F.min(F.when(F.col(column).isNotNull(), F.col("edition_rank"))).over(of_work) for rank, column in firsts.items()}
    )


def rank_titles(ranked: DataFrame) -> DataFrame:
    """Return the ranked editions with ``title_rank``: 1 where the work's title is taken from.

    It is the best edition's title, whatever its capitals, in the spelling that most editions give it: a single edition may have
    been typed without capitals.
    """
    of_work, of_spelling = Window.partitionBy("work_id"), Window.partitionBy("work_id", "title")
    words = F.lower("title")
    counted = ranked.withColumns(
        {
            "spelling_count": F.count("*").over(of_spelling),
            "best_words": F.max(F.when(F.col("edition_rank") == 1, words)).over(of_work),
        }
    )
    usual_first = of_work.orderBy(words != F.col("best_words"), F.col("spelling_count").desc(), "edition_rank")
    return counted.withColumn("title_rank", F.row_number().over(usual_first))


def mean_stars(average_stars: Column, rating_count: Column) -> Column:
    """The mean of the averages weighted by their counts, of rows with both, half up to hundredths: integers, divided once."""
    weight = F.when(average_stars.isNotNull() & (rating_count > 0), rating_count)
    hundredths = (average_stars * 100).cast("bigint")
    doubled, divisor = F.sum(hundredths * weight) * 2 + F.sum(weight), F.sum(weight) * 2
    mean = ((doubled - F.pmod(doubled, divisor)) / divisor).cast("bigint")
    return (mean.cast("decimal(5,0)") / F.lit(100).cast("decimal(3,0)")).cast("decimal(3,2)")
