"""How an ISBN is read, repaired and proved; native functions only. Looking an ISBN up belongs elsewhere."""

from collections.abc import Callable

from pyspark.sql import Column
from pyspark.sql import functions as F

# Goodreads exports write ="0439785960" so that spreadsheets keep the zeros.
DECORATION = r"[\p{Cc}\p{Cf}\p{Z}\p{Pd}=\"']|\.0$"
BOOKLAND = "978"
CHECK_X = 10


def proved_isbn10(text: Column) -> Column:
    """The text as an ISBN-10 with its lost leading zeros; null where it is none. Nine zeros pass the check and mean nothing."""

    def proved(whole: Column) -> Column:
        return F.when((whole == _with_check10(F.substring(whole, 1, 9))) & ~whole.startswith("000000000"), whole)

    return _once(F.when(_bare(text).rlike(r"^[0-9]{6,9}[0-9X]$"), F.lpad(_bare(text), 10, "0")), proved)


def proved_isbn13(text: Column) -> Column:
    """The text as an ISBN-13; null where it is none."""

    def proved(whole: Column) -> Column:
        return F.when((whole == _with_check13(F.substring(whole, 1, 12))) & ~whole.startswith("978000000000"), whole)

    return _once(F.when(_bare(text).rlike(r"^97[89][0-9]{10}$"), _bare(text)), proved)


def long_form(proved10: Column) -> Column:
    """The ISBN-13 of an ISBN-10."""
    return _with_check13(F.concat(F.lit(BOOKLAND), F.substring(proved10, 1, 9)))


def short_form(proved13: Column) -> Column:
    """The ISBN-10 of an ISBN-13; null where it has none."""
    return F.when(proved13.startswith(BOOKLAND), _with_check10(F.substring(proved13, 4, 9)))


def _bare(text: Column) -> Column:
    return F.upper(F.regexp_replace(text, DECORATION, ""))


def _once(value: Column, rule: Callable[[Column], Column]) -> Column:
    """The rule's result for a value that it reads many times; else each time computes the value anew."""
    return F.try_element_at(F.transform(F.array(value), rule), F.lit(1))


def _with_check10(core: Column) -> Column:
    check = (11 - _weighted(core, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11
    return F.concat(core, F.when(check == CHECK_X, F.lit("X")).otherwise(check.cast("string")))


def _with_check13(core: Column) -> Column:
    return F.concat(core, ((10 - _weighted(core, [1, 3] * 6) % 10) % 10).cast("string"))


def _weighted(digits: Column, weights: list[int]) -> Column:
    return _sum([F.substring(digits, place, 1).try_cast("int") * weight for place, weight in enumerate(weights, 1)])


def _sum(terms: list[Column]) -> Column:
    # By halves: a chain of additions nests deeper than a Connect message may.
    middle = len(terms) // 2
    return _sum(terms[:middle]) + _sum(terms[middle:]) if middle else terms[0]
