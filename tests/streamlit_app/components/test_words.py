"""Tests of numbers and codes as words."""

from decimal import Decimal

import pytest

from streamlit_app.components import words


@pytest.mark.parametrize(("number", "expected"), [(1990, "1990"), (-750, "750 BCE"), (None, "")])
def test_a_year_is_shown_with_its_era(number: int | None, expected: str) -> None:
    assert words.year(number) == expected


@pytest.mark.parametrize(("code", "expected"), [("eng", "English"), ("tlh", "tlh"), (None, "")])
def test_a_language_is_shown_by_its_name_where_we_know_it(code: str | None, expected: str) -> None:
    assert words.language(code) == expected


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [("Discworld", "5", "Discworld, no. 5"), ("Discworld", None, "Discworld"), (None, None, "")],
)
def test_a_place_in_a_series_is_shown_as_far_as_it_is_known(name: str | None, number: str | None, expected: str) -> None:
    assert words.series(name, number) == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "0 editions"), (1, "1 edition"), (2_358_637, "2,358,637 editions")])
def test_things_are_counted_in_the_right_number(number: int, expected: str) -> None:
    assert words.counted(number, "edition") == expected


@pytest.mark.parametrize(
    ("average", "rating_count", "expected"),
    [(Decimal("4.50"), 1, "★ 4.50 from 1 rating"), (None, 0, "Not rated yet"), (None, 7, "Not rated yet")],
)
def test_the_readers_verdict_tells_from_how_many(average: Decimal | None, rating_count: int, expected: str) -> None:
    assert words.stars(average, rating_count) == expected


def test_facts_leave_out_what_is_not_known() -> None:
    assert words.facts("", "1990", "", "English") == "1990 · English"


def test_codes_of_the_database_become_words_and_unknown_ones_stay() -> None:
    assert words.match("isbn") == "by its ISBN"
    assert words.match("new code") == "new code"
    assert words.match(None) == ""
