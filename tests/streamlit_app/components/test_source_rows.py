"""Tests of sheets of source rows: which one an address names."""

import pytest

from streamlit_app.components.source_rows import first_of_sheet


@pytest.mark.parametrize(
    ("named", "row_count", "expected"),
    [("", 120, 0), ("1", 120, 0), ("51", 120, 50), ("75", 120, 50), ("999", 120, 100), ("-3", 120, 0), ("x", 120, 0),
     ("²", 120, 0), ("9" * 5_000, 120, 0), ("1", 0, 0), ("0", 10, 0)],
)  # fmt: skip
def test_the_sheet_that_holds_the_row_named_is_shown(named: str, row_count: int, expected: int) -> None:
    assert first_of_sheet(named, row_count) == expected
