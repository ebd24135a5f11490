"""The app's frame: its pages and what is around them. What a page shows belongs to pages."""

from pathlib import Path

import streamlit as st

from streamlit_app.components.cover import app_icon
from streamlit_app.components.links import EXPLORE, FOR_YOU, TRUST
from streamlit_app.components.masthead import draw_masthead
from streamlit_app.pages import book, explore, for_you, search, trust

STYLE = Path(__file__).with_name("style.css")

# Links name the page after the question mark: below a path of its own, Streamlit first looks for its server there, in vain.
PAGES = {FOR_YOU: for_you, EXPLORE: explore, TRUST: trust}


def draw_home() -> None:
    """Draw the page that the address names: For you, Explore or Trust, else the book that it names, else the search."""
    named = PAGES.get(st.query_params.get("page", ""))
    (named or (book if "book" in st.query_params else search)).draw_page()


st.set_page_config(page_title="Booklake", page_icon=app_icon(), layout="wide")
named_by_path = [st.Page(module.draw_page, title=path, url_path=path) for path, module in PAGES.items()]
page = st.navigation([st.Page(draw_home, title="Booklake", default=True), *named_by_path], position="hidden")
st.html(STYLE)
with st.container(horizontal_alignment="center"), st.container(width=1040):
    draw_masthead(page.url_path or st.query_params.get("page", ""))
    page.run()
