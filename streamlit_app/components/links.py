"""Addresses that carry what they show, so that they can be shared, opened in a new tab and gone back from; and links to them.

Plain HTML: Streamlit's own page links leave the address as it was, or a step in the browser's history that leads nowhere.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from streamlit_app.components.markup import Markup, tag, words_of_data

SEARCH, FOR_YOU, EXPLORE, TRUST = "", "for-you", "explore", "trust"
PICKED = ("like", "dislike")


def address(page: str, asked: Mapping[str, str] | None = None) -> str:
    """Return the page's address with what is asked of it, and with the books that the reader has picked so far."""
    picked = {name: st.query_params[name] for name in PICKED if name in st.query_params}
    told = {"page": page} | picked | dict(asked or {})
    written = urlencode({name: value for name, value in told.items() if value}, errors="replace", safe=",")
    return f"/?{written}" if written else "/"


def search_address(query: str, *, literally: bool = False) -> str:
    """Return the address of a search, or of the page to begin one where the query is empty."""
    return address(SEARCH, {"q": query, "spelling": "exact" if query and literally else ""})


def book_address(work_id: int, query: str = "") -> str:
    """Return the address of a book's page, which takes the search along for the way back."""
    # Not as `q`: Streamlit takes that out of the address when the box is no longer drawn.
    return address(SEARCH, {"book": str(work_id), "searched": query})


def link(label: str, to: str, **attributes: str | None) -> Markup:
    """Return a link within the app; the label is text unless it is markup of ours."""
    return tag("a", label, href=to, target="_self", **attributes)


def title_link(title: str, work_id: int, query: str = "") -> Markup:
    """Return a book's title as a link to its page."""
    return link(words_of_data("span", title), book_address(work_id, query))
