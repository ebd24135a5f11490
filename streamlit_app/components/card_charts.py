"""Cards as drawings over axes, in the language of Vega-Lite. Bars and tables, which are HTML, belong to cards.py."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from catalogue.cards import Card, Chart, Row
from streamlit_app.components.card_values import drawable, shown

Spec = dict[str, Any]

CHART_PIXELS, LEGEND_LINE_PIXELS = 300, 20
# Of style.css: what the theme takes for words along axes is too pale to be read.
QUIET = {"light": "#645c50", "dark": "#aea79b"}
WIDEST_COLUMN = 44  # Pixels: few columns shall not be drawn as slabs.
FEW_COLUMNS = 9
TIME_LABEL = "utcFormat(toDate(datum.value), '%-d %b %H:%M')"


def draw_chart(card: Card, rows: Sequence[Row]) -> None:
    """Draw the rows over two axes, in the colours of the theme."""
    quiet = QUIET.get(st.context.theme.type or "")
    words = {"axis": {"labelColor": quiet, "titleColor": quiet}, "legend": {"labelColor": quiet}} if quiet else {}
    spec = chart_spec(card, rows) | {"config": words}
    height = CHART_PIXELS + LEGEND_LINE_PIXELS * (len({row[card.series] for row in rows}) if card.series else 0)
    st.vega_lite_chart(spec=spec, width="stretch", height=height)


def chart_spec(card: Card, rows: Sequence[Row]) -> Spec:
    """What Vega-Lite draws: columns or lines, the values from zero, names and parts in the order of the rows."""
    if card.across is None or card.values is None:
        raise ValueError(f"{card.name} is a table and has no axes.")
    drawn = [{column: drawable(column, row[column]) for column in card.labels} for row in rows]
    told = [{"field": f"told_{column}", "title": label, "type": "nominal"} for column, label in card.labels.items()]
    for row, marks in zip(rows, drawn, strict=True):
        marks.update({f"told_{column}": shown(column, row[column]) for column in card.labels})
    encoding: Spec = {"x": across_axis(card, drawn, rows), "y": value_axis(card), "tooltip": told}
    if card.series:
        parts = list(dict.fromkeys(marks[card.series] for marks in drawn))
        legend = {"title": None, "orient": "top", "columns": 1, "labelLimit": 300, "symbolType": "circle"}
        encoding["color"] = {"field": card.series, "type": "nominal", "sort": parts, "legend": legend}
        encoding["order"] = {"field": "part", "type": "quantitative"}
        for marks in drawn:
            marks["part"] = parts.index(marks[card.series])
    return {
        "description": f"{card.title}. {card.description} The same numbers stand below as a table.",
        "data": {"values": drawn},
        "mark": mark(card, len({marks[card.across] for marks in drawn})),
        "encoding": encoding,
    }


def mark(card: Card, place_count: int) -> Spec:
    """What stands for a value: a column, or a point on a line."""
    if card.chart is Chart.LINES:
        return {"type": "line", "point": {"size": 60, "filled": True}, "strokeWidth": 2}
    narrow = {"width": WIDEST_COLUMN} if place_count < FEW_COLUMNS else {}
    rounded = {} if card.series else {"cornerRadiusEnd": 2}
    return {"type": "bar", **rounded, **narrow}


def across_axis(card: Card, drawn: Sequence[Spec], rows: Sequence[Row]) -> Spec:
    """The lower axis: the names in the order of the rows, or the times at which runs began."""
    across = str(card.across)
    order = list(dict.fromkeys(marks[across] for marks in drawn))
    axis: Spec = {"ticks": False, "labelPadding": 8, "grid": False, "labelAngle": 0}
    if rows and isinstance(rows[0][across], datetime):
        axis |= {"labelExpr": TIME_LABEL, "labelOverlap": "greedy", "labelSeparation": 12, "labelBound": True}
    elif len(order) >= FEW_COLUMNS:
        axis |= {"labelAngle": -45, "labelOverlap": False}
    return {"field": across, "type": "ordinal", "sort": order, "title": card.labels[across], "axis": axis}


def value_axis(card: Card) -> Spec:
    """The upright axis, from zero; counts have no halves."""
    values = str(card.values)
    axis: Spec = {"tickCount": 5, "domain": False, "ticks": False}
    if values.endswith("_count"):
        axis |= {"format": "~s", "tickMinStep": 1}
    return {"field": values, "type": "quantitative", "title": card.labels[values], "axis": axis}
