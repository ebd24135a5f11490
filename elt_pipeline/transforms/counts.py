"""How numbers written as text become numbers: counts, pages, years, stars. Dates are in dates.py."""

from pyspark.sql import Column
from pyspark.sql import functions as F

from elt_pipeline.transforms.conditions import holds
from elt_pipeline.transforms.text import stripped

# No book has more readers than there are people; ten digits also keep every sum of counts within a bigint.
COUNT_DIGITS = 10
MOST_PAGES = 20_000


def whole_number(text: Column) -> Column:
    """The bigint that the text writes; null where it writes none. ``412`` and ``412.0`` give 412, ``1e3`` none."""
    number = F.regexp_extract(stripped(text), r"^([+-]?[0-9]{1,18})(?:\.0+)?$", 1)
    return number.try_cast("bigint")


def positive_number(text: Column) -> Column:
    """The bigint above zero that the text writes, as ids are; null where it writes none."""
    number = whole_number(text)
    return F.when(number > 0, number)


def reader_count(text: Column, prefix: str = "") -> Column:
    """The count in a text like ``5:3022`` or ``total:2298124`` of that prefix, or in a plain number; null where there is none."""
    pattern = (
        rf"^(?:{prefix}\s*:)?\s*([0-9]{{1,{COUNT_DIGITS}}})(?:\.0+)?$" if prefix else rf"^([0-9]{{1,{COUNT_DIGITS}}})(?:\.0+)?$"
    )
    return F.regexp_extract(stripped(text), pattern, 1).try_cast("bigint")


def page_count(text: Column) -> Column:
    """The pages, 1 to ``MOST_PAGES``; null otherwise."""
    pages = whole_number(text)
    return F.when(pages.between(1, MOST_PAGES), pages).cast("int")


def is_zero(text: Column) -> Column:
    """Whether the text writes zero, the source's word for none; never null."""
    return holds(stripped(text).rlike(r"^0(\.0+)?$"))


def average_stars(text: Column) -> Column:
    """The average, half up to hundredths, from 1 to 5; null otherwise."""
    # Floats written out have up to 17 digits (4.5600000000000005); half up needs the third decimal alone.
    shortened = F.regexp_replace(stripped(text), r"^([0-9]\.[0-9]{3})[0-9]+$", "$1")
    plain = F.regexp_extract(shortened, r"^([0-9](?:\.[0-9]{1,3})?)$", 1)
    stars = F.round(plain.try_cast("decimal(4,3)"), 2).cast("decimal(3,2)")
    return F.when(stars.between(1, 5), stars)


def counts_contradict(star_counts: list[Column], total: Column) -> Column:
    """Whether the five counts are all given and do not add up to the total; false where one is missing."""
    sum_of_stars = star_counts[0] + star_counts[1] + star_counts[2] + star_counts[3] + star_counts[4]
    return holds(sum_of_stars != total)
