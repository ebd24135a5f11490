"""Messages in place of an answer. What a page says about its own answers belongs to the page."""

import streamlit as st

from catalogue.asking import CatalogueUnavailable


def draw_unavailable(error: CatalogueUnavailable) -> None:
    """Say that the catalogue could not be asked, which tells nothing about what is in it."""
    st.error(f"**The catalogue cannot be asked right now.** {error}", icon=":material/cloud_off:")
