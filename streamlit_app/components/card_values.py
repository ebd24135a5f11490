"""The values of a card as words for people, told by the names of their columns. What is drawn of them belongs to cards.py."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalogue.cards import Row, Value
from streamlit_app.components import measures, words
from streamlit_app.components.links import link, search_address, title_link
from streamlit_app.components.markup import Markup, joined, tag, words_of_data

# What the last word of a column's name, or the whole, says about its values; columns named so mean the same everywhere.
KINDS: dict[str, Callable[[Any], str]] = {
    "language_code": words.language,
    "reason": lambda code: code.replace("_", " "),
    "count": lambda number: f"{number:,}",
    "seconds": lambda seconds: measures.duration(float(seconds)),
    "score": lambda score: f"{score:.3f}",
    "at": measures.moment,
}


def shown(column: str, value: Value) -> str:
    """The value as people read it; empty where there is none."""
    if value is None:
        return ""
    kind = KINDS.get(column) or KINDS.get(column.rpartition("_")[2])
    return kind(value) if kind else str(value)


def drawable(column: str, value: Value) -> str | float:
    """The value as a chart's axis takes it: a number, a time that can be sorted, or words."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return shown(column, value) if value is None or isinstance(value, str) else number_of(value)


def number_of(value: Value) -> float:
    """The length that is drawn for the value; none for what is no number."""
    return float(value) if isinstance(value, int | float | Decimal) else 0.0


def name_cell(column: str, row: Row) -> Markup:
    """Return what the row is about: a book leads to its page, an author to a search for the name."""
    name = shown(column, row[column])
    work_id, authors = row.get("work_id"), row.get("authors")
    if column == "title" and isinstance(work_id, int):
        by = words_of_data("span", str(authors), class_="by") if authors else Markup()
        return joined(title_link(name, work_id), by)
    if column == "author":
        return link(words_of_data("span", name), search_address(name))
    return words_of_data("span", name) if name else tag("span", "not known")
