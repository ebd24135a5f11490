"""Links that carry what they show in their address, so that they can be shared, opened in a new tab and gone back from.

Plain HTML: Streamlit's own page links leave the address as it was, or a step in the browser's history that leads nowhere.
"""

from html import escape
from urllib.parse import urlencode

import streamlit as st


def draw_search_link(label: str, query: str) -> None:
    """Draw a link to the results of a search, or to the empty page where the query is empty. The label is text, not markup."""
    _draw_link(label, {"q": query} if query else {})


def draw_book_link(title: str, work_id: int, query: str) -> None:
    """Draw a book's title as a link to its page, which takes the search along for the way back."""
    # Not as `q`: Streamlit takes that out of the address when the box is no longer drawn.
    _draw_link(title, {"book": str(work_id)} | ({"searched": query} if query else {}))


def _draw_link(label: str, address: dict[str, str]) -> None:
    st.html(f'<a href="?{escape(urlencode(address, errors="replace"))}" target="_self">{escape(label)}</a>')
