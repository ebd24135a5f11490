"""How a title gives up its series: ``Dune (Dune, #1)``. Cleaning and folding text belong to text.py."""

from pyspark.sql import Column
from pyspark.sql import functions as F

# The last parenthesis, with at most one more inside, and its two sides.
LAST_PARENTHESIS = r"^(.*\S)\s*\(((?:[^()]|\([^()]*\))*)\)\.?$"
NUMBERS = r"([0-9]+(?:\.[0-9]+)?(?:[\s,&\x{2013}-]+#?[0-9]+(?:\.[0-9]+)?)*)"
# A bare number after a comma has at most three digits: (Paris, 1920) names no series.
SERIES_AND_NUMBER = (
    r"(?i)^\s*([^;]*?[^;,:\s])\s*"
    rf"(?:[,:]?\s*#\s*{NUMBERS}|[,:]?\s+(?:book|vol\.?|volume|no\.?|number)\s*#?\s*{NUMBERS}|,\s*([0-9]{{1,3}}(?:\.[0-9]+)?))"
    r"\s*(?:;.*)?$"
)


def one_spaced(text: Column) -> Column:
    """The text with each run of white space as one space: some sources turn a comma into two."""
    return F.trim(F.regexp_replace(text, r"[\s\p{Z}]+", " "))


def main_title(source_title: Column) -> Column:
    """The title without its series: ``Dune (Dune, #1)`` gives ``Dune``, ``Candide (Penguin Classics)`` itself."""
    title = one_spaced(source_title)
    return F.when(series_name(source_title).isNotNull(), F.regexp_extract(title, LAST_PARENTHESIS, 1)).otherwise(title)


def series_name(source_title: Column) -> Column:
    """The first series that the last parenthesis names with a number; null where there is none."""
    return _part_of_series(source_title, 1)


def series_number(source_title: Column) -> Column:
    """The number beside ``series_name`` as printed: ``6``, ``0.5``, ``1-5``; null where there is none."""
    return F.coalesce(*(_part_of_series(source_title, group) for group in (2, 3, 4)))


def _part_of_series(source_title: Column, group: int) -> Column:
    inside = F.regexp_extract(one_spaced(source_title), LAST_PARENTHESIS, 2)
    part = F.regexp_extract(inside, SERIES_AND_NUMBER, group)
    return F.when(part != "", part)
