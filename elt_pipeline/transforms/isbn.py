"""How an ISBN is read, repaired and proved; native functions only. Looking an ISBN up belongs elsewhere."""

from functools import reduce
from operator import add

from pyspark.sql import Column
from pyspark.sql import functions as F

from elt_pipeline.transforms.text import is_blank

# Goodreads exports write ="0439785960" so that spreadsheets keep the zeros.
DECORATION = r"[\p{Cc}\p{Cf}\p{Z}\p{Pd}=\"']|\.0$"
BOOKLAND = "978"


def isbn13(text: Column) -> Column:
    """The ISBN-13 that the text gives, also by its ISBN-10; null where no check digit proves one."""
    bare = _bare(text)
    core = F.substring(_proved10(bare), 1, 9)
    return F.coalesce(_proved13(bare), _with_check13(F.concat(F.lit(BOOKLAND), core)))


def isbn10(text: Column) -> Column:
    """The ISBN-10 that the text gives, also by its ISBN-13; null where none is proved or the ISBN-13 starts with 979."""
    bare = _bare(text)
    long_form = _proved13(bare)
    core = F.when(long_form.startswith(BOOKLAND), F.substring(long_form, 4, 9))
    return F.coalesce(_proved10(bare), _with_check10(core))


def isbn_is_impossible(text: Column) -> Column:
    """Whether the text gives something that is no ISBN and cannot be repaired."""
    return ~is_blank(text) & isbn13(text).isNull()


def _bare(text: Column) -> Column:
    return F.upper(F.regexp_replace(text, DECORATION, ""))


def _proved10(bare: Column) -> Column:
    """An ISBN-10 with its lost leading zeros; nine zeros pass the check and mean nothing."""
    padded = F.lpad(bare, 10, "0")
    whole = F.when(bare.rlike(r"^[0-9]{6,9}[0-9X]$"), padded)
    return F.when((whole == _with_check10(F.substring(whole, 1, 9))) & ~whole.startswith("000000000"), whole)


def _proved13(bare: Column) -> Column:
    whole = F.when(bare.rlike(r"^97[89][0-9]{10}$"), bare)
    return F.when((whole == _with_check13(F.substring(whole, 1, 12))) & ~whole.startswith("978000000000"), whole)


def _with_check10(core: Column) -> Column:
    check = (11 - _weighted(core, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11
    return F.concat(core, F.when(check == 10, F.lit("X")).otherwise(check.cast("string")))


def _with_check13(core: Column) -> Column:
    return F.concat(core, ((10 - _weighted(core, [1, 3] * 6) % 10) % 10).cast("string"))


def _weighted(digits: Column, weights: list[int]) -> Column:
    terms = [F.substring(digits, place, 1).try_cast("int") * weight for place, weight in enumerate(weights, 1)]
    return reduce(add, terms)
