from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pyspark.sql import functions as F

from elt_pipeline.transforms.counts import average_stars, counts_contradict, is_zero, page_count, reader_count, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("412", 412),
        (" -44 ", -44),
        ("412.0", 412),
        ("412.5", None),
        ("1e3", None),
        ("٤", None),
        ("9999999999999999999", None),
        ("", None),
        (None, None),
    ],
)
def test_a_whole_number_is_read_or_null(value_of: Callable[..., Any], text: str | None, number: int | None) -> None:
    assert value_of(whole_number, text) == number


@pytest.mark.parametrize(
    ("text", "prefix", "count"),
    [
        pytest.param("5:3022", "5", 3022, id="stars"),
        pytest.param("total:2298124", "total", 2298124, id="total"),
        pytest.param("3022", "5", 3022, id="plain"),
        pytest.param("4:3022", "5", None, id="the prefix of another column"),
        pytest.param("5:", "5", None, id="no count"),
        pytest.param("5:-3", "5", None, id="negative"),
        pytest.param("total:99999999999", "total", None, id="more than there are people"),
        pytest.param(None, "5", None, id="null"),
    ],
)
def test_a_count_is_read_with_its_prefix(value_of: Callable[..., Any], text: str | None, prefix: str, count: int | None) -> None:
    assert value_of(lambda column: reader_count(column, prefix), text) == count


@pytest.mark.parametrize(
    ("text", "pages"), [("1", 1), ("20000", 20_000), ("20001", None), ("0", None), ("-3", None), ("many", None), (None, None)]
)
def test_pages_are_possible_or_null(value_of: Callable[..., Any], text: str | None, pages: int | None) -> None:
    assert value_of(page_count, text) == pages


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("4.57", "4.57"),
        ("4", "4.00"),
        ("3.995", "4.00"),
        ("3.9949999", "3.99"),
        ("4.5600000000000005", "4.56"),
        ("5.0", "5.00"),
        ("0.0", None),
        ("5.01", None),
        ("45", None),
        ("4,5", None),
        ("NaN", None),
        (None, None),
    ],
)
def test_stars_are_rounded_half_up_to_hundredths(value_of: Callable[..., Any], text: str | None, stars: str | None) -> None:
    assert value_of(average_stars, text) == (Decimal(stars) if stars else None)


@pytest.mark.parametrize(("text", "zero"), [("0", True), ("0.00", True), ("", False), (None, False), ("10", False)])
def test_zero_is_the_sources_word_for_none(value_of: Callable[..., Any], text: str | None, zero: bool) -> None:
    assert value_of(is_zero, text) is zero


@pytest.mark.parametrize(
    ("total", "contradict"),
    [pytest.param("15", False, id="equal"), pytest.param("16", True, id="other"), pytest.param(None, False, id="none")],
)
def test_counts_contradict_where_all_are_given_and_differ(
    value_of: Callable[..., Any], total: str | None, contradict: bool
) -> None:
    five = [F.lit(count) for count in (1, 2, 3, 4, 5)]
    assert value_of(lambda column: counts_contradict(five, column.cast("bigint")), total) is contradict
