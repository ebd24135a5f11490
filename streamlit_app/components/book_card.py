"""A book as one card of a list. The whole page of a book belongs to pages."""

import streamlit as st

from catalogue.search import FoundBook
from catalogue.similar import SimilarBook
from streamlit_app.components import words
from streamlit_app.components.cover import cover
from streamlit_app.components.links import draw_book_link
from streamlit_app.components.plain_text import plain


def draw_found_book(book: FoundBook, query: str) -> None:
    """Draw a search result: what the book is, how readers liked it, and quietly why it was found."""
    with st.container(border=True, height="stretch"), st.container(horizontal=True, wrap=False):
        st.image(cover(book.title, book.authors), width=84, alt="")
        with st.container(gap="xxsmall"):
            _draw_title(book.work_id, book.title, book.authors, query)
            draw_facts(words.series(book.series_name, book.series_number), words.year(book.first_publish_year))
            st.text(words.stars(book.average_stars, book.rating_count))
            editions = words.counted(book.edition_count, "edition")
            st.caption(plain(words.facts(editions, words.match(book.match_reason))))


def draw_similar_book(book: SimilarBook, query: str) -> None:
    """Draw a similar book with the reason why it is one."""
    with st.container(border=True, height="stretch"), st.container(horizontal=True, wrap=False):
        st.image(cover(book.title, book.authors), width=64, alt="")
        with st.container(gap="xxsmall"):
            _draw_title(book.work_id, book.title, book.authors, query)
            st.caption(plain(words.resemblance(book.reason)))


def draw_facts(*parts: str) -> None:
    """Draw what is known of the parts in one line; nothing where nothing is."""
    if line := words.facts(*parts):
        st.text(line)


def _draw_title(work_id: int, title: str, authors: str | None, query: str) -> None:
    """Draw the title as a link to the book's page, and below it the authors."""
    draw_book_link(title, work_id, query)
    st.text(authors or "Unknown author")
