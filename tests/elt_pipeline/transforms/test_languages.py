from collections.abc import Callable
from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from elt_pipeline.transforms.languages import CODE_BY_OTHER_CODE, KNOWN_CODES, language_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("eng", "eng"),
        ("en", "eng"),
        ("en-US", "eng"),
        ("en_gb", "eng"),
        (" ENG ", "eng"),
        ("fre", "fra"),
        ("ger", "deu"),
        ("nl", "nld"),
        ("per", "fas"),
        ("rum", "ron"),
        ("wel", "cym"),
        ("chi", "zho"),
        ("msa", "msa"),
        ("mul", "mul"),
        ("grc", "grc"),
        ("xx", None),
        ("english", None),
        ("engl", None),
        ("e", None),
        ("--", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_becomes_its_code_or_null(value_of: Callable[..., Any], text: str | None, code: str | None) -> None:
    assert value_of(language_code, text) == code


def test_every_code_gives_itself_or_one_that_does(spark: SparkSession) -> None:
    codes = [*KNOWN_CODES, *CODE_BY_OTHER_CODE]
    frame = spark.createDataFrame([(code,) for code in codes], "code string").withColumn("once", language_code(F.col("code")))
    rows = frame.select("code", "once", language_code(F.col("once")).alias("twice")).collect()
    assert [row["code"] for row in rows if row["once"] is None or row["once"] != row["twice"]] == []
    assert {row["code"]: row["once"] for row in rows} == {code: CODE_BY_OTHER_CODE.get(code, code) for code in codes}


def test_the_tables_hold_whole_codes() -> None:
    assert all(len(code) == 3 for code in KNOWN_CODES)
    assert not set(CODE_BY_OTHER_CODE) & set(KNOWN_CODES)
    assert sum(len(code) == 3 for code in CODE_BY_OTHER_CODE) == 20
