"""The Book page: one book, its editions and what resembles it. Lists of books belong to the other pages."""

import streamlit as st

from catalogue.asking import CatalogueUnavailable
from catalogue.book import Book, Edition, work_id_of
from catalogue.similar import SimilarBook
from streamlit_app.asked import book_and_similar
from streamlit_app.components import words
from streamlit_app.components.book_card import draw_facts, draw_similar_book
from streamlit_app.components.cover import cover
from streamlit_app.components.links import draw_search_link
from streamlit_app.components.notices import draw_unavailable
from streamlit_app.components.plain_text import plain

EDITIONS_WITHOUT_SCROLLING = 12
TABLE_PIXELS = 480
TABLE_HEAD = "| Title | Year | Publisher | Language | Pages | ISBN |\n|---|---|---|---|--:|---|"


def draw_page() -> None:
    """Draw the book that the address names, or why there is none."""
    query, named = st.query_params.get("searched", ""), st.query_params["book"]
    draw_way_back(query)
    try:
        work_id = work_id_of(named)
        answer = None if work_id is None else book_and_similar(work_id)
    except CatalogueUnavailable as error:
        draw_unavailable(error)
        return
    if answer is None:
        draw_not_found(named)
        return
    book, similar = answer
    draw_head(book)
    draw_editions(book.editions)
    draw_similar(similar, query)


def draw_way_back(query: str) -> None:
    """Draw a link to the search that led here."""
    draw_search_link(f"← Results for “{query}”" if query else "← Search", query)


def draw_not_found(named: str) -> None:
    """Say that the address names no book."""
    which = f"There is no book “{plain(named)}” in this catalogue."
    st.info(
        f"**{which}** It may have been taken out since the link was made: search for its title.", icon=":material/search_off:"
    )


def draw_head(book: Book) -> None:
    """Draw what the book is: cover, title, authors, facts, verdict, description."""
    with st.container(horizontal=True, gap="medium", key="head"):
        st.image(cover(book.title, book.author_names), width=168, alt="")
        with st.container(width="stretch", gap="small"):
            st.title(plain(book.title), anchor=False)
            st.markdown("by " + ", ".join(plain(author.name) for author in book.authors) if book.authors else "Unknown author")
            series = words.series(book.series_name, book.series_number)
            draw_facts(series, words.year(book.first_publish_year), words.language(book.language_code))
            st.text(words.stars(book.average_stars, book.rating_count))
            if book.description:
                st.text(book.description)


def draw_editions(editions: tuple[Edition, ...]) -> None:
    """Draw the editions as a table, the best one first."""
    st.subheader(words.counted(len(editions), "edition"), anchor=False)
    is_long = len(editions) > EDITIONS_WITHOUT_SCROLLING
    with st.container(height=TABLE_PIXELS if is_long else "content", border=False):
        # As Markdown: st.table would load pandas for it, a second or more on the first visit.
        st.markdown("\n".join([TABLE_HEAD, *(table_row(edition) for edition in editions)]), width="stretch")


def table_row(edition: Edition) -> str:
    """Return the edition's line of the table."""
    cells = (
        plain(edition.title),
        words.year(edition.publish_year),
        plain(edition.publisher or ""),
        plain(words.language(edition.language_code)),
        f"{edition.page_count:,}" if edition.page_count else "",
        edition.isbn13 or edition.isbn10 or "",
    )
    return f"| {' | '.join(cells)} |"


def draw_similar(books: list[SimilarBook], query: str) -> None:
    """Draw similar books with their reasons, or say that none is known."""
    st.subheader("Similar books", anchor=False)
    if not books:
        st.caption("None is known yet: readers and authors of this book have no other in this catalogue.")
    with st.grid(2, min_column_width=320):
        for book in books:
            draw_similar_book(book, query)
