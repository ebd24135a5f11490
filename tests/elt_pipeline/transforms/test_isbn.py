from collections.abc import Callable
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from elt_pipeline.transforms.isbn import isbn10, isbn13

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


@pytest.mark.parametrize(("text", "short", "long"), CASES)
def test_an_isbn_is_proved_or_null(value_of: Callable[..., Any], text: str | None, short: str | None, long: str | None) -> None:
    both = value_of(lambda column: F.struct(isbn10(column).alias("short"), isbn13(column).alias("long")), text)
    assert (both["short"], both["long"]) == (short, long)


def test_a_proved_isbn_gives_itself_in_both_forms(spark: SparkSession, settled: Callable[..., Any]) -> None:
    cores = [f"{seed * 7_919_137 % 999_999_999 + 1:09d}" for seed in range(200)]
    weighted = [sum(int(digit) * weight for digit, weight in zip(core, range(10, 1, -1), strict=True)) for core in cores]
    shorts = [core + "0123456789X"[-total % 11] for core, total in zip(cores, weighted, strict=True)]
    short_ones = spark.createDataFrame([(short,) for short in shorts], "short string")
    frame = settled(short_ones.withColumn("long", isbn13(F.col("short"))))
    wrong = frame.where(
        (isbn10(F.col("long")) != F.col("short")) | F.col("long").isNull() | (isbn13(F.col("long")) != F.col("long"))
    )
    assert wrong.collect() == []
