"""The app's frame: its pages and what is around them. What a page shows belongs to pages."""

from pathlib import Path

import streamlit as st

from streamlit_app.components.cover import app_icon

STYLE = Path(__file__).with_name("style.css")

st.set_page_config(page_title="Booklake", page_icon=app_icon(), layout="wide")
page = st.navigation([st.Page("pages/home.py", title="Booklake", default=True)], position="top")
st.html(STYLE)
st.logo(app_icon(), size="large")
with st.container(horizontal_alignment="center"), st.container(width=1040):
    page.run()
