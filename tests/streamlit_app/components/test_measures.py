"""Tests of times and sizes as words."""

from datetime import UTC, datetime, timedelta

import pytest

from streamlit_app.components import measures

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "just now"),
        (59, "just now"),
        (60, "1 minute ago"),
        (7_199, "1 hour ago"),
        (7_200, "2 hours ago"),
        (864_000, "10 days ago"),
    ],
)
def test_an_age_is_told_in_its_largest_whole_unit(seconds: int, expected: str) -> None:
    assert measures.age(NOON - timedelta(seconds=seconds), NOON) == expected


def test_a_moment_is_told_with_its_zone() -> None:
    assert measures.moment(NOON) == "1 Nov 2026, 12:00 UTC"


@pytest.mark.parametrize(("seconds", "expected"), [(None, ""), (0.274, "0.27 s"), (14.4, "14 s"), (125, "2 min 5 s")])
def test_a_duration_is_as_exact_as_it_is_short(seconds: float | None, expected: str) -> None:
    assert measures.duration(seconds) == expected


@pytest.mark.parametrize(
    ("byte_count", "expected"), [(None, ""), (0, "0 B"), (999, "999 B"), (880_551, "881 kB"), (1_190_000_000, "1.19 GB")]
)
def test_a_size_has_three_digits_and_its_unit(byte_count: int | None, expected: str) -> None:
    assert measures.size(byte_count) == expected
