"""The For you page: books that the reader picks, and what follows from them. How it follows belongs to the catalogue."""

import streamlit as st

from catalogue.asking import CatalogueUnavailable
from catalogue.for_you import Recommendation
from catalogue.picked import NamedBook
from catalogue.search import QUERY_CHARACTERS
from streamlit_app.asked import ForReader, for_reader, found_books, much_read_books
from streamlit_app.components import picks
from streamlit_app.components.book_card import book_card
from streamlit_app.components.links import title_link
from streamlit_app.components.markup import Markup, draw, tag
from streamlit_app.components.notices import draw_empty_catalogue, draw_notice, draw_unavailable
from streamlit_app.components.plain_text import plain
from streamlit_app.components.reasons import reasons

OFFERED = 6
PROMISE = (
    "Say which books you like and which are not for you: the list below follows at once. "
    "Nothing is kept: your picks stand in the address of this page and nowhere else. Bookmark it to come back to them."
)


def draw_page() -> None:
    """Draw the picks, the box to add to them, and what follows from them, or why nothing does."""
    st.set_page_config(page_title="For you · Booklake")
    draw(tag("h1", "For you"), tag("p", PROMISE, class_="lead"))
    try:
        reader = for_reader(picks.liked(), picks.disliked())
        draw_picks(reader)
        draw_finder(reader)
        if not reader.liked and not reader.disliked:
            draw_beginning()
        else:
            draw_recommended(reader)
    except CatalogueUnavailable as error:
        draw_unavailable(error)


def draw_picks(reader: ForReader) -> None:
    """Draw each pick as a button that takes it off again."""
    for heading, books in (("You like", reader.liked), ("Not for you", reader.disliked)):
        if books:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"picks-{heading}"):
                draw(tag("h2", heading, class_="aside"), width="content")
                for book in books:
                    st.button(f"{plain(book.title)} ✕", key=f"off-{book.work_id}", on_click=picks.take_off, args=(book.work_id,))


def draw_finder(reader: ForReader) -> None:
    """Draw the box that finds a book to pick, and what it found."""
    query = st.text_input(
        "Add a book", key="add", type="search", max_chars=QUERY_CHARACTERS, placeholder="Title, author or ISBN"
    ).strip()
    if not query:
        return
    picked = {book.work_id for book in (*reader.liked, *reader.disliked)}
    found = [book for book in found_books(query, max_results=OFFERED) if book.work_id not in picked]
    if not found:
        draw_notice(f"No other book found for “{query}”.", "Try fewer words, an author's last name, or an ISBN.")
    draw_choices("found", [NamedBook(book.work_id, book.title, book.authors) for book in found])


def draw_beginning() -> None:
    """Draw well-known books to pick from, or say that the catalogue is empty."""
    books = much_read_books()
    if not books:
        draw_empty_catalogue()
        return
    draw(tag("h2", "Start with one of these"))
    draw_choices("known", [NamedBook(book.work_id, book.title, book.authors) for book in books[:OFFERED]])


def draw_recommended(reader: ForReader) -> None:
    """Draw what follows from the picks, the best first, or say that nothing does."""
    if not reader.recommended:
        what_then = "Add a book that you like." if not reader.liked else "Add another book that you like."
        draw_notice("Nothing follows from these picks yet.", f"{what_then} Few readers of this catalogue have rated them.")
        return
    draw(tag("h2", "You may like"))
    with st.grid(2, min_column_width=320):
        for book in reader.recommended:
            draw_choice("recommended", book, reasons(book.reasons))


def draw_choices(where: str, books: list[NamedBook]) -> None:
    """Draw books that may be picked; ``where`` tells this list from others of the page, which may hold the same book."""
    with st.grid(2, min_column_width=320):
        for book in books:
            draw_choice(where, book)


def draw_choice(where: str, book: NamedBook | Recommendation, *lines: Markup) -> None:
    """Draw a book as a card with the two buttons that pick it."""
    with st.container(border=True, height="stretch", gap="small", key=f"choice-{where}-{book.work_id}"):
        heading = title_link(book.title, book.work_id)
        draw(tag("div", book_card(heading, book.title, book.authors, *lines), class_="inner"))
        with st.container(horizontal=True, gap="small"):
            for label, name, act in (
                (":material/favorite: I like it", "like", picks.like),
                (":material/close: Not for me", "dislike", picks.dislike),
            ):
                st.button(label, key=f"{name}-{where}-{book.work_id}", on_click=act, args=(book.work_id,))
