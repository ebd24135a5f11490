"""Tests of picks: how the address holds them."""

import pytest

from streamlit_app.components.picks import with_pick, without_pick


@pytest.mark.parametrize(
    ("picked", "work_id", "expected"),
    [((), 7, "7"), ((1, 2), 7, "1,2,7"), ((7, 1), 7, "1,7"), ((1,), -7, "1,-7")],
)
def test_a_pick_is_added_once_and_last(picked: tuple[int, ...], work_id: int, expected: str) -> None:
    assert with_pick(picked, work_id) == expected


@pytest.mark.parametrize(("picked", "expected"), [((), ""), ((7,), ""), ((1, 7, 2), "1,2"), ((1, 2), "1,2")])
def test_a_pick_is_taken_off_where_it_stands(picked: tuple[int, ...], expected: str) -> None:
    assert without_pick(picked, 7) == expected
