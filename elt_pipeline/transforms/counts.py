"""How numbers written as text become numbers: counts, pages, years, stars. Dates are in dates.py."""

from pyspark.sql import Column
from pyspark.sql import functions as F

from elt_pipeline.transforms.text import is_blank, stripped

# No book has more readers than there are people; ten digits also keep every sum of counts within a bigint.
COUNT_DIGITS = 10
MOST_PAGES = 20_000
STARS = ("five", "four", "three", "two", "one")


def whole_number(text: Column) -> Column:
    """The bigint that the text writes; null where it writes none. ``412`` and ``412.0`` give 412, ``1e3`` none."""
    number = F.regexp_extract(stripped(text), r"^([+-]?[0-9]{1,18})(?:\.0+)?$", 1)
    return number.try_cast("bigint")


def reader_count(text: Column, prefix: str = "") -> Column:
    """The count in a text like ``5:3022`` or ``total:2298124`` of that prefix, or in a plain number; null where there is none."""
    pattern = rf"^(?:{prefix}\s*:)?\s*([0-9]{{1,{COUNT_DIGITS}}})(?:\.0+)?$" if prefix else rf"^([0-9]{{1,{COUNT_DIGITS}}})(?:\.0+)?$"
    return F.regexp_extract(stripped(text), pattern, 1).try_cast("bigint")


def page_count(text: Column) -> Column:
    """The pages, 1 to ``MOST_PAGES``; null otherwise."""
    pages = whole_number(text)
    return F.when(pages.between(1, MOST_PAGES), pages).cast("int")


def pages_are_impossible(text: Column) -> Column:
    """Whether the text gives pages that cannot be; 0 is the source's word for none and no issue."""
    return ~is_blank(text) & page_count(text).isNull() & ~F.coalesce(whole_number(text) == 0, F.lit(False))  # noqa: FBT003 - a literal column.


def average_stars(text: Column) -> Column:
    """The average, half up to hundredths, from 1 to 5; null otherwise."""
    is_plain = stripped(text).rlike(r"^[0-9](\.[0-9]{1,15})?$")
    stars = F.round(F.when(is_plain, stripped(text)).try_cast("decimal(20,15)"), 2).cast("decimal(3,2)")
    return F.when(stars.between(1, 5), stars)


def stars_are_impossible(text: Column, rating_count: Column) -> Column:
    """Whether the text gives an average that cannot be; 0 is none where nobody has rated."""
    is_zero = F.coalesce(stripped(text).rlike(r"^0(\.0+)?$"), F.lit(False))  # noqa: FBT003 - a literal column.
    has_none = is_zero & (F.coalesce(rating_count, F.lit(0)) == 0)
    return ~is_blank(text) & average_stars(text).isNull() & ~has_none


def counts_contradict(star_counts: list[Column], total: Column) -> Column:
    """Whether the five counts are all given and do not add up to the total; false where one is missing."""
    sum_of_stars = star_counts[0] + star_counts[1] + star_counts[2] + star_counts[3] + star_counts[4]
    return F.coalesce(sum_of_stars != total, F.lit(False))  # noqa: FBT003 - a literal column.
