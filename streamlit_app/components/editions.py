"""A book's editions as a table. What a book is belongs to its page."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from catalogue.book import Edition
from streamlit_app.components import grouping_words, words
from streamlit_app.components.markup import Markup, draw, joined, tag, words_of_data
from streamlit_app.components.tables import folded, table

SHOWN_AT_ONCE = 8
HEADS = ("Title", "Year", "Publisher", "Language", "Pages", "ISBN")
HEADS_OF_REASONS = ("Why", "What was compared", "Editions")


def draw_editions(editions: tuple[Edition, ...]) -> None:
    """Draw the editions, the best one first; where there are many, all but the first stand behind a line to open."""
    first, others = editions[:SHOWN_AT_ONCE], editions[SHOWN_AT_ONCE:]
    more = folded(words.counted(len(others), "more edition"), edition_table(others)) if others else Markup()
    asked = "Why these are one book" if len(editions) > 1 else "Why it stands alone"
    why = folded(asked, reason_table(editions))
    draw(tag("h2", words.counted(len(editions), "edition")), edition_table(first), more, why)


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


def reason_table(editions: tuple[Edition, ...]) -> Markup:
    """Return a table with a row for each reason why editions are here: which rule, what it compared, and their titles."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edition in editions:
        together[edition.grouping_rule, edition.grouping_evidence].append(edition.title)
    rows = (
        (grouping_words.sentence(rule), grouping_words.compared(evidence), counted_titles(titles))
        for (rule, evidence), titles in together.items()
    )
    return table(HEADS_OF_REASONS, rows, class_="reasons-why")


def counted_titles(titles: Iterable[str]) -> Markup:
    """Return each title once, with how many editions have it where that is more than one."""
    named = (
        tag("span", words_of_data("span", title), f" ({count:,})" if count > 1 else "")
        for title, count in Counter(titles).items()
    )
    return joined(*named, by=" · ")
