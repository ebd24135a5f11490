"""How publish dates are read, and when a file's months and days are proved swapped. Partitions by year belong to bronze."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from elt_pipeline.transforms.conditions import holds
from elt_pipeline.transforms.counts import whole_number
from elt_pipeline.transforms.text import is_blank

SWAPPED_ROWS_AT_LEAST = 20
SWAPPED_ROWS_AT_LEAST_PCT = 1
LATE_DAYS_AT_MOST_PER_MILLE = 1
FIRST_YEAR, LAST_YEAR = -3000, 2100
LAST_MONTH = 12


def with_swap_verdict(raw_books: DataFrame) -> DataFrame:
    """Return the books with ``is_swapped``, one verdict per source file; the join keeps the grain.

    Where the source names no file, the table is the file.
    """
    named = raw_books.withColumn("file_key", F.coalesce("_source_file", F.lit("")))
    return named.join(judge_files(named), on="file_key", how="left").drop("file_key")


def judge_files(named_books: DataFrame) -> DataFrame:
    """Return ``file_key`` and ``is_swapped``, one row per file: whether its months and days are proved swapped."""
    late_months = F.count_if(whole_number(F.col("PublishMonth")) > LAST_MONTH)
    late_days = F.count_if(whole_number(F.col("PublishDay")) > LAST_MONTH)
    many_late_months = (late_months >= SWAPPED_ROWS_AT_LEAST) & (late_months * 100 >= F.count("*") * SWAPPED_ROWS_AT_LEAST_PCT)
    few_late_days = late_days * 1000 <= F.count("*") * LATE_DAYS_AT_MOST_PER_MILLE
    return named_books.groupBy("file_key").agg((many_late_months & few_late_days).alias("is_swapped"))


def publish_year(text: Column) -> Column:
    """The year, ``FIRST_YEAR`` to ``LAST_YEAR``; null otherwise. There is no year 0: 1 BCE comes before 1 CE."""
    year = whole_number(text)
    return F.when(year.between(FIRST_YEAR, LAST_YEAR) & (year != 0), year).cast("int")


def publish_date(year: Column, month_text: Column, day_text: Column) -> Column:
    """The date from year 1 on; null where the three do not make one."""
    month, day = whole_number(month_text), whole_number(day_text)
    is_padded = year.between(1, 9999) & month.between(1, LAST_MONTH) & day.between(1, 31)
    parts = F.concat_ws("-", _padded(year, 4), _padded(month, 2), _padded(day, 2))
    return F.when(is_padded, parts).try_cast("date")


def date_is_impossible(year: Column, month_text: Column, day_text: Column, date: Column) -> Column:
    """Whether month and day are given, the year is one of the common era, and they still make no date."""
    is_given = ~is_blank(month_text) & ~is_blank(day_text)
    return is_given & holds(year >= 1) & date.isNull()


def _padded(number: Column, width: int) -> Column:
    return F.lpad(number.cast("string"), width, "0")
