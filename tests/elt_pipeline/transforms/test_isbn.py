from collections.abc import Callable
from typing import Any

import pytest
from pyspark.sql import Column, SparkSession
from pyspark.sql import functions as F

from elt_pipeline.transforms.isbn import long_form, proved_isbn10, proved_isbn13, short_form

CASES = [
    pytest.param("0439358078", "0439358078", "9780439358071", id="isbn-10"),
    pytest.param("080442957x", "080442957X", "9780804429573", id="lower-case x"),
    pytest.param("0-439-35807-8", "0439358078", "9780439358071", id="hyphens"),
    pytest.param("0\u20134393 58078", "0439358078", "9780439358071", id="dash and space"),
    pytest.param("439358078", "0439358078", "9780439358071", id="one zero lost"),
    pytest.param("7100078", "0007100078", "9780007100071", id="three zeros lost"),
    pytest.param("439358078.0", "0439358078", "9780439358071", id="a float of it"),
    pytest.param('="0439358078"', "0439358078", "9780439358071", id="a spreadsheet's cell"),
    pytest.param("9780439358071", "0439358078", "9780439358071", id="isbn-13"),
    pytest.param("978-0-8044-2957-3", "080442957X", "9780804429573", id="isbn-13 whose isbn-10 ends in X"),
    pytest.param("9791032305690", None, "9791032305690", id="979 has no isbn-10"),
    pytest.param("9780439358072", None, None, id="wrong check digit of 13"),
    pytest.param("0439358079", None, None, id="wrong check digit of 10"),
    pytest.param("9.78e+12", None, None, id="scientific notation"),
    pytest.param("B000FC1PJI", None, None, id="asin"),
    pytest.param("9770439358074", None, None, id="a bar code of another kind"),
    pytest.param("0000000000", None, None, id="zeros"),
    pytest.param("9780000000002", None, None, id="zeros with prefix"),
    pytest.param("100072", None, None, id="six characters"),
    pytest.param("", None, None, id="empty"),
    pytest.param(None, None, None, id="null"),
]


def both_forms(text: Column) -> Column:
    """The two forms as editions have them: each proved by itself, else made of the other."""
    short, long = proved_isbn10(text), proved_isbn13(text)
    return F.struct(F.coalesce(short, short_form(long)).alias("short"), F.coalesce(long, long_form(short)).alias("long"))


@pytest.mark.parametrize(("text", "short", "long"), CASES)
def test_an_isbn_is_proved_or_null(value_of: Callable[..., Any], text: str | None, short: str | None, long: str | None) -> None:
    both = value_of(both_forms, text)
    assert (both["short"], both["long"]) == (short, long)


def test_a_text_is_proved_in_its_own_form_alone(value_of: Callable[..., Any]) -> None:
    assert (value_of(proved_isbn10, "0439358078"), value_of(proved_isbn13, "0439358078")) == ("0439358078", None)
    assert (value_of(proved_isbn10, "9780439358071"), value_of(proved_isbn13, "9780439358071")) == (None, "9780439358071")


def test_a_proved_isbn_gives_itself_in_both_forms(spark: SparkSession, settled: Callable[..., Any]) -> None:
    cores = [f"{seed * 7_919_137 % 999_999_999 + 1:09d}" for seed in range(200)]
    weighted = [sum(int(digit) * weight for digit, weight in zip(core, range(10, 1, -1), strict=True)) for core in cores]
    shorts = [core + "0123456789X"[-total % 11] for core, total in zip(cores, weighted, strict=True)]
    short_ones = spark.createDataFrame([(short,) for short in shorts], "short string")
    frame = settled(short_ones.withColumn("long", long_form(proved_isbn10(F.col("short")))))
    right = frame.where((proved_isbn13(F.col("long")) == F.col("long")) & (short_form(F.col("long")) == F.col("short")))
    assert right.count() == len(shorts)
