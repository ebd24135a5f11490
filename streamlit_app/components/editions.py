"""A book's editions as a table. What a book is belongs to its page."""

from collections.abc import Iterable

from catalogue.book import Edition
from streamlit_app.components import words
from streamlit_app.components.markup import Markup, draw, joined, tag, words_of_data

SHOWN_AT_ONCE = 8
HEADS = ("Title", "Year", "Publisher", "Language", "Pages", "ISBN")


def draw_editions(editions: tuple[Edition, ...]) -> None:
    """Draw the editions, the best one first; where there are many, all but the first stand behind a line to open."""
    first, others = editions[:SHOWN_AT_ONCE], editions[SHOWN_AT_ONCE:]
    more = tag("summary", f"{words.counted(len(others), 'more edition')}")
    draw(
        tag("h2", words.counted(len(editions), "edition")),
        table(first),
        tag("details", more, table(others)) if others else Markup(),
    )


def table(editions: Iterable[Edition]) -> Markup:
    """Return a table with a row for each edition. The roles keep it one where a narrow screen shows its rows as blocks."""
    heads = tag("tr", *(tag("th", head, role="columnheader", scope="col") for head in HEADS), role="row")
    rows = (tag("tr", *cells(edition), role="row") for edition in editions)
    return tag("table", tag("thead", heads, role="rowgroup"), tag("tbody", *rows, role="rowgroup"), class_="rows", role="table")


def cells(edition: Edition) -> list[Markup]:
    """Return the cells of the edition's row."""
    told = (
        words.year(edition.publish_year),
        edition.publisher or "",
        words.language(edition.language_code),
        f"{edition.page_count:,}" if edition.page_count else "",
        edition.isbn13 or edition.isbn10 or "",
    )
    title = tag("td", words_of_data("span", edition.title), role="cell", class_="title")
    return [title, *(cell(head, text) for head, text in zip(HEADS[1:], told, strict=True))]


def cell(head: str, text: str) -> Markup:
    """Return a cell, which names its column for screens too narrow for a head."""
    return tag("td", joined(words_of_data("span", text)) if text else "", role="cell", data_head=head)
