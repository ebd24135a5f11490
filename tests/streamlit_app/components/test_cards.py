"""Tests of a card's drawing: values in words, bars as long as their numbers, names that cannot be markup."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalogue.cards import Card, Chart, Row, Value
from streamlit_app.components.card_charts import chart_spec
from streamlit_app.components.card_values import drawable, shown
from streamlit_app.components.cards import bars, plain_table

AT = datetime(2026, 11, 21, 3, 39, 1, tzinfo=UTC)


def card(chart: Chart, across: str | None, values: str | None, series: str | None = None, **labels: str) -> Card:
    return Card("some", "Some", "Of some.", "None.", "books", 1, False, chart, across, values, series, labels, "select 1")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("book_count", 12345, "12,345"),
        ("median_seconds", Decimal("125.00"), "2 min 5 s"),
        ("average_stars", Decimal("4.50"), "4.50"),
        ("score", Decimal("0.1234"), "0.123"),
        ("looked_at", AT, "21 Nov 2026, 03:39 UTC"),
        ("language_code", "deu", "German"),
        ("language_code", "others", "others"),
        ("reason", "no_title", "no title"),
        ("title", "no_title", "no_title"),
        ("row_count", None, ""),
    ],
)
def test_a_value_is_told_as_its_column_is_named(column: str, value: Value, told: str) -> None:
    assert shown(column, value) == told


def test_an_axis_takes_numbers_times_and_words() -> None:
    assert drawable("row_count", 12) == 12.0
    assert drawable("started_at", AT) == "2026-11-21T03:39:01+00:00"
    assert drawable("reason", "no_title") == "no title"


def test_a_bar_is_as_long_as_its_share_of_the_largest_number() -> None:
    drawn = bars(card(Chart.BARS, "genre", "book_count", genre="Genre", book_count="Books"), [
        {"genre": "<b>War</b>", "book_count": 40},
        {"genre": "Peace", "book_count": 10},
    ])  # fmt: skip
    assert "--share:1.0000" in drawn
    assert "--share:0.2500" in drawn
    assert "&lt;b&gt;War&lt;/b&gt;" in drawn
    assert "<b>" not in drawn


def test_bars_of_nothing_but_zeros_have_no_length() -> None:
    drawn = bars(card(Chart.BARS, "genre", "book_count", genre="Genre", book_count="Books"), [{"genre": "War", "book_count": 0}])
    assert "--share:0.0000" in drawn


def test_rows_after_the_twelfth_are_folded_away() -> None:
    rows: list[Row] = [{"asset": f"table {place}", "row_count": place} for place in range(15)]
    drawn = plain_table(card(Chart.TABLE, None, None, asset="Table", row_count="Rows"), rows)
    assert drawn.index("table 11") < drawn.index("3 more") < drawn.index("table 12")


def test_lines_keep_the_order_of_their_rows_and_a_single_run_is_a_point() -> None:
    lines = card(Chart.LINES, "started_at", "score", "model", started_at="Begun", model="Model", score="Score")
    spec = chart_spec(lines, [{"started_at": AT, "model": name, "score": Decimal("0.2")} for name in ("ours", "another")])
    assert spec["encoding"]["color"]["sort"] == ["ours", "another"]
    assert spec["mark"]["point"]
    assert [marks["told_score"] for marks in spec["data"]["values"]] == ["0.200", "0.200"]


def test_a_table_has_no_axes_to_draw() -> None:
    with pytest.raises(ValueError, match="has no axes"):
        chart_spec(card(Chart.TABLE, None, None, asset="Table"), [])
