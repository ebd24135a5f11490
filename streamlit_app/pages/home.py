"""What stands at the app's own address: the Book page where the address names a book, else the Search page."""

import streamlit as st

from streamlit_app.pages import book, search

(book if "book" in st.query_params else search).draw_page()
