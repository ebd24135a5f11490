"""The Search page: words in, books out. How they are found belongs to the catalogue."""

import streamlit as st

from catalogue.asking import CatalogueUnavailable
from catalogue.search import QUERY_CHARACTERS, FoundBook
from streamlit_app.asked import examples, found_books
from streamlit_app.components.book_card import draw_found_book
from streamlit_app.components.links import draw_search_link
from streamlit_app.components.notices import draw_unavailable
from streamlit_app.components.plain_text import plain

WHAT_WAS_TRIED = (
    "Titles, authors and ISBNs were compared, misspellings allowed for. "
    "Try fewer words, a last name, or an ISBN from the back of the book."
)


def draw_page() -> None:
    """Draw the box and, below it, the answer, the examples, or why there is neither."""
    st.title("Find a book", anchor=False)
    query = st.text_input(
        "Title, author or ISBN",
        key="q",
        bind="query-params",
        type="search",
        max_chars=QUERY_CHARACTERS,
        placeholder="Spelling may be off, words may be missing",
    ).strip()
    try:
        if query:
            draw_answer(query, found_books(query))
        else:
            draw_examples(examples())
    except CatalogueUnavailable as error:
        draw_unavailable(error)


def draw_answer(query: str, books: list[FoundBook]) -> None:
    """Draw the books that were found, or what was tried and what else to try."""
    if not books:
        st.info(f"**Nothing found for “{plain(query)}”.** {WHAT_WAS_TRIED}", icon=":material/search_off:")
        return
    if books[0].corrected_query:
        st.markdown(f"Showing results for **{plain(books[0].corrected_query)}**. You typed “{plain(query)}”.")
    with st.grid(2, min_column_width=320):
        for book in books:
            draw_found_book(book, query)


def draw_examples(searches: list[str]) -> None:
    """Draw searches to begin with, or say that the catalogue is empty."""
    if not searches:
        st.info("The catalogue is empty: load books with `booklake load`, then run `booklake refresh`.", icon=":material/inbox:")
        return
    st.caption("For example")
    with st.container(gap="xxsmall"):
        for search in searches:
            draw_search_link(search, search)
