"""The Search page: words in, books out. How they are found belongs to the catalogue."""

import streamlit as st

from catalogue.asking import CatalogueUnavailable
from catalogue.search import QUERY_CHARACTERS, FoundBook
from streamlit_app.asked import examples, found_books, much_read_books
from streamlit_app.components.book_card import draw_found_books, draw_shelf
from streamlit_app.components.links import link, search_address
from streamlit_app.components.markup import draw, tag
from streamlit_app.components.notices import draw_empty_catalogue, draw_notice, draw_unavailable

WHAT_WAS_TRIED = (
    "Titles, series, authors and ISBNs were compared, first as you typed them, then with other spellings. "
    "Try fewer words, an author's last name, or the ISBN from the back of the book."
)


def draw_page() -> None:
    """Draw the box and, below it, the answer, the examples, or why there is neither."""
    draw(tag("h1", "Find a book"))
    query = st.text_input(
        "Title, author or ISBN",
        key="q",
        bind="query-params",
        type="search",
        max_chars=QUERY_CHARACTERS,
        placeholder="Spelling may be off, words may be missing",
        on_change=allow_other_spellings,
    ).strip()
    if query:
        st.set_page_config(page_title=f"{query} · Booklake")
    literally = st.query_params.get("spelling") == "exact"
    try:
        if query:
            draw_answer(query, found_books(query, literally=literally), literally=literally)
        else:
            draw_beginning(examples())
    except CatalogueUnavailable as error:
        draw_unavailable(error)


def allow_other_spellings() -> None:
    """Read what is typed next with goodwill again: only one search was meant to the letter."""
    st.query_params.pop("spelling", None)


def draw_answer(query: str, books: list[FoundBook], *, literally: bool) -> None:
    """Draw the books that were found and how the query was read, or what was tried and what else to try."""
    if literally:
        with_goodwill = link("Allow other spellings", search_address(query))
        draw(tag("p", f"Only books with exactly “{query}”. ", with_goodwill, class_="reading"))
    elif books and books[0].corrected_query:
        to_the_letter = link(f"Search for exactly “{query}”", search_address(query, literally=True))
        draw(tag("p", "Read as ", tag("strong", books[0].corrected_query), ". ", to_the_letter, class_="reading"))
    if books:
        draw_found_books(books, query)
    elif literally:
        draw_notice("No book has these words in exactly this spelling.")
    else:
        draw_notice(f"Nothing found for “{query}”.", WHAT_WAS_TRIED)


def draw_beginning(searches: list[str]) -> None:
    """Draw searches to begin with and the books most read, or say that the catalogue is empty."""
    if not searches:
        draw_empty_catalogue()
        return
    links = (link(search, search_address(search)) for search in searches)
    draw(tag("p", tag("span", "For example"), *links, class_="examples"))
    draw(tag("h2", "Much read here"))
    draw_shelf(much_read_books())
