"""How a title that a reader typed or a site printed finds its work. What a rating is worth belongs to ratings.py."""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.transforms import titles
from elt_pipeline.transforms.text import clean_text, with_folded, with_texts

# Of several works of one title, the one meant is the one with so many times the ratings of the next.
CLEARLY_MORE_RATED = 10

BY_WHOLE_TITLE, BY_MAIN_TITLE = 1, 2


def match_titles(names: DataFrame, editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return ``Name``, ``work_id`` and ``matched_work_count``, one row per distinct ``Name`` of ``names`` that matches a work.

    The whole title is compared first; only where no work has it, the title without its series. There a series number that both
    sides name must be the same. ``work_id`` is null where several works match and none is clearly more rated than the others.
    """
    works = keyed_works(editions, edition_works).withColumnRenamed("number", "work_number")
    joined = keyed_names(names).join(works, on=["comparison", "key"], how="inner")
    says_nothing = F.col("number").isNull() | F.col("work_number").isNull()
    agreeing = joined.where(says_nothing | (F.col("number") == F.col("work_number")))
    first_comparison = F.min("comparison").over(Window.partitionBy("Name"))
    candidates = agreeing.select("Name", "work_id", "rating_count", "comparison", first_comparison.alias("first_comparison"))
    return choose_works(candidates.where(F.col("comparison") == F.col("first_comparison")))


def keyed_names(names: DataFrame) -> DataFrame:
    """Return the distinct ``Name``, once for each comparison, with ``comparison``, ``key`` and ``number``."""
    distinct = names.select("Name").where(F.col("Name").isNotNull()).distinct()
    whole = with_texts(distinct, {"whole": ("Name", clean_text)})
    parted = whole.withColumns({"main": titles.main_title(F.col("whole")), "number": titles.series_number(F.col("whole"))})
    return _compared(with_folded(parted, {"whole": "whole_key", "main": "main_key"}), "Name")


def keyed_works(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return ``work_id``, its ``rating_count``, ``comparison``, ``key`` and ``number``: each edition once for each comparison."""
    texts = editions.select("edition_id", "source_title", "title", F.col("series_number").alias("number"), "rating_count")
    joined = texts.join(edition_works.select("edition_id", "work_id"), on="edition_id", how="inner")
    rating_count = F.coalesce(F.sum("rating_count").over(Window.partitionBy("work_id")), F.lit(0))
    counted = joined.withColumn("rating_count", rating_count)
    return _compared(with_folded(counted, {"source_title": "whole_key", "title": "main_key"}), "work_id", "rating_count")


def _compared(keyed: DataFrame, *columns: str) -> DataFrame:
    """Two rows for each one: its whole title without a number, since that is in the title, and its main title with it."""
    no_number = F.lit(None).cast("string").alias("number")
    whole = F.struct(F.lit(BY_WHOLE_TITLE).alias("comparison"), F.col("whole_key").alias("key"), no_number)
    main = F.struct(F.lit(BY_MAIN_TITLE).alias("comparison"), F.col("main_key").alias("key"), F.col("number"))
    exploded = keyed.select(*columns, F.explode(F.array(whole, main)).alias("compared"))
    return exploded.select(*columns, "compared.comparison", "compared.key", "compared.number")


def choose_works(candidates: DataFrame) -> DataFrame:
    """Return ``Name``, ``work_id`` and ``matched_work_count``, one row per ``Name`` of ``Name, work_id, rating_count``.

    ``work_id`` is null where several works match and the first has less than ``CLEARLY_MORE_RATED`` times the next's ratings.
    """
    of_name = Window.partitionBy("Name")
    most_rated_first = of_name.orderBy(F.col("rating_count").desc(), "work_id")
    ranked = (
        candidates.select("Name", "work_id", "rating_count")
        .distinct()
        .withColumns(
            {
                "place": F.row_number().over(most_rated_first),
                "next_rating_count": F.lead("rating_count").over(most_rated_first),
                "matched_work_count": F.count("*").over(of_name),
            }
        )
    )
    is_clear = (F.col("rating_count") > 0) & (F.col("rating_count") >= F.col("next_rating_count") * CLEARLY_MORE_RATED)
    is_meant = (F.col("matched_work_count") == 1) | is_clear
    chosen = ranked.where(F.col("place") == 1)
    return chosen.select("Name", F.when(is_meant, F.col("work_id")).alias("work_id"), "matched_work_count")
