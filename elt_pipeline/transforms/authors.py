"""How the names beside the editions become authors. Splitting and cleaning the names belongs to editions.py."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts.silver import AUTHORS, WORK_AUTHORS
from elt_pipeline.transforms.editions import NAME_SEPARATOR
from elt_pipeline.transforms.text import with_folded

AUTHOR_ID_HEX_DIGITS = 15


def list_authors(editions: DataFrame) -> DataFrame:
    """Return one row per author, in the columns of ``silver.AUTHORS``: names that fold to the same text are one author."""
    spellings = named_authors(editions).groupBy("author_id", "folded_name", "name").agg(F.count("*").alias("edition_count"))
    most_frequent_first = Window.partitionBy("author_id").orderBy(F.col("edition_count").desc(), "name")
    ranked = spellings.withColumn("spelling_rank", F.row_number().over(most_frequent_first))
    return ranked.where(F.col("spelling_rank") == 1).select(*AUTHORS.column_names)


def list_work_authors(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return one row per work and author, in the columns of ``silver.WORK_AUTHORS``.

    Who stands further to the front of an edition comes first, then who stands in more editions, then the smaller id.
    """
    of_works = named_authors(editions).join(edition_works.select("edition_id", "work_id"), on="edition_id", how="inner")
    ranked = of_works.groupBy("work_id", "author_id").agg(F.min("position").alias("place"), F.count("*").alias("edition_count"))
    in_order = Window.partitionBy("work_id").orderBy("place", F.col("edition_count").desc(), "author_id")
    return ranked.withColumn("author_position", F.row_number().over(in_order)).select(*WORK_AUTHORS.column_names)


def named_authors(editions: DataFrame) -> DataFrame:
    """Return ``edition_id``, ``position`` (from 0), ``name``, ``folded_name`` and ``author_id``, one row per edition and name."""
    with_names = editions.where(F.col("authors").isNotNull())
    names = with_names.select("edition_id", F.posexplode(F.split("authors", NAME_SEPARATOR)).alias("position", "name"))
    return with_folded(names, {"name": "folded_name"}).withColumn("author_id", author_id(F.col("folded_name")))


def author_id(folded_name: Column) -> Column:
    """The first 60 bits of the folded name's SHA-256 as a bigint."""
    return F.conv(F.substring(F.sha2(folded_name, 256), 1, AUTHOR_ID_HEX_DIGITS), 16, 10).cast("bigint")
