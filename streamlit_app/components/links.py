"""Links that carry what they show in their address, so that they can be shared and opened in a new tab."""

import streamlit as st


def draw_search_link(label: str, query: str, icon: str) -> None:
    """Draw a link to the results of a search, or to the empty page where the query is empty."""
    st.page_link("pages/home.py", label=label, icon=icon, query_params={"q": query} if query else None)


def draw_book_link(label: str, work_id: int, query: str) -> None:
    """Draw a link to a book, which takes the search along for the way back."""
    # Not as `q`: Streamlit takes that out of the address when the box is no longer drawn.
    address = {"book": str(work_id)} | ({"searched": query} if query else {})
    st.page_link("pages/home.py", label=label, query_params=address)
