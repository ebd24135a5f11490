"""A book's editions as a table. What a book is belongs to its page."""

from catalogue.book import Edition
from streamlit_app.components import words
from streamlit_app.components.markup import Markup, draw, tag
from streamlit_app.components.tables import folded, table

SHOWN_AT_ONCE = 8
HEADS = ("Title", "Year", "Publisher", "Language", "Pages", "ISBN")


def draw_editions(editions: tuple[Edition, ...]) -> None:
    """Draw the editions, the best one first; where there are many, all but the first stand behind a line to open."""
    first, others = editions[:SHOWN_AT_ONCE], editions[SHOWN_AT_ONCE:]
    more = folded(words.counted(len(others), "more edition"), edition_table(others)) if others else Markup()
    draw(tag("h2", words.counted(len(editions), "edition")), edition_table(first), more)


def edition_table(editions: tuple[Edition, ...]) -> Markup:
    """Return a table with a row for each edition."""
    return table(HEADS, (cells(edition) for edition in editions))


def cells(edition: Edition) -> tuple[str, ...]:
    """Return the cells of the edition's row, in the order of ``HEADS``."""
    return (
        edition.title,
        words.year(edition.publish_year),
        edition.publisher or "",
        words.language(edition.language_code),
        f"{edition.page_count:,}" if edition.page_count else "",
        edition.isbn13 or edition.isbn10 or "",
    )
