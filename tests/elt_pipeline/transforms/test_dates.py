from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pyspark.sql import DataFrame

from elt_pipeline.transforms.dates import publish_date, publish_year, with_swap_verdict


@pytest.mark.parametrize(
    ("text", "year"),
    [("2006", 2006), ("-750", -750), ("20166", None), ("-3001", None), ("-1", -1), ("0", None), ("old", None), (None, None)],
)
def test_a_year_is_possible_or_null(value_of: Callable[..., Any], text: str | None, year: int | None) -> None:
    assert value_of(publish_year, text) == year


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        pytest.param("2004", "2", "29", date(2004, 2, 29), id="leap day"),
        pytest.param("2003", "2", "29", None, id="no leap year"),
        pytest.param("1999", "11", "31", None, id="31 November"),
        pytest.param("1999", "13", "1", None, id="month 13"),
        pytest.param("1", "1", "1", date(1, 1, 1), id="year 1"),
        pytest.param("0", "1", "1", None, id="year 0"),
        pytest.param("-44", "3", "15", None, id="before the common era"),
        pytest.param("1999", None, "1", None, id="no month"),
    ],
)
def test_three_texts_make_a_date_or_none(
    value_of: Callable[..., Any], year: str, month: str | None, day: str | None, expected: date | None
) -> None:
    assert value_of(lambda year, month, day: publish_date(publish_year(year), month, day), year, month, day) == expected


def rows(file: str | None, late_months: int, late_days: int, others: int) -> list[dict[str, str | None]]:
    late = [{"PublishMonth": "13", "PublishDay": "1"}] * late_months + [{"PublishMonth": "1", "PublishDay": "13"}] * late_days
    return [{"_source_file": file, **row} for row in [*late, *[{"PublishMonth": "1", "PublishDay": "1"}] * others]]


@pytest.mark.parametrize(
    ("late_months", "late_days", "others", "swapped"),
    [
        pytest.param(20, 0, 1980, True, id="exactly 20 and 1 %"),
        pytest.param(19, 0, 100, False, id="19 are too few"),
        pytest.param(20, 0, 1981, False, id="less than 1 %"),
        pytest.param(998, 2, 1000, True, id="late days at 0.1 %"),
        pytest.param(998, 3, 999, False, id="late days above 0.1 %"),
    ],
)
def test_a_file_is_proved_swapped_at_the_named_limits(
    raw_books: Callable[..., DataFrame], late_months: int, late_days: int, others: int, swapped: bool
) -> None:
    books = with_swap_verdict(raw_books(*rows("a.csv", late_months, late_days, others)))
    assert {row["is_swapped"] for row in books.select("is_swapped").distinct().collect()} == {swapped}
    assert books.count() == late_months + late_days + others


def test_each_file_has_its_own_verdict(raw_books: Callable[..., DataFrame]) -> None:
    books = with_swap_verdict(raw_books(*rows("a.csv", 20, 0, 5), *rows("b.csv", 1, 5, 30), *rows(None, 25, 0, 0)))
    found = books.select("_source_file", "is_swapped").distinct().collect()
    assert {tuple(row) for row in found} == {("a.csv", True), ("b.csv", False), (None, True)}
