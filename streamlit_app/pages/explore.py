"""The Explore page: what the library holds and how it is made, as charts. What is asked belongs to the catalogue's cards."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from catalogue.asking import CatalogueUnavailable, TookTooLong
from catalogue.cards import Card, CardUnreadable, side_by_side
from streamlit_app.asked import card_rows, cards
from streamlit_app.components.cards import draw_card, draw_heading
from streamlit_app.components.markup import draw, tag
from streamlit_app.components.notices import draw_empty_catalogue, draw_notice, draw_unavailable

LEAD = "What this library holds, and how it comes about. A book's title leads to its page, an author's name to a search."
HEADINGS = {"books": "The books", "pipeline": "How they get here"}


def draw_page() -> None:
    """Draw the cards, section by section, or why there is none."""
    st.set_page_config(page_title="Explore · Booklake")
    draw(tag("h1", "Explore"), tag("p", LEAD, class_="lead"))
    try:
        for section, of_section in groupby(cards(), key=lambda card: card.section):
            draw_section(section, list(of_section))
    except CardUnreadable as error:
        draw_notice("The charts cannot be drawn.", str(error))
    except CatalogueUnavailable as error:
        draw_unavailable(error)


def draw_section(section: str, of_section: Sequence[Card]) -> None:
    """Draw the section's cards, two beside each other; where the first has nothing to show, there is no book at all."""
    draw(tag("h2", HEADINGS.get(section, section)))
    if section == "books" and is_empty(of_section[0]):
        draw_empty_catalogue()
        return
    for line in side_by_side(of_section):
        for column, card in zip(st.columns(len(line), gap="large"), line, strict=True):
            with column:
                draw_asked(card)


def draw_asked(card: Card) -> None:
    """Draw the card, or that its answer takes too long: the others may be quicker."""
    try:
        draw_card(card, card_rows(card.name))
    except TookTooLong as error:
        draw_heading(card)
        draw_notice("This could not be counted in time.", str(error))


def is_empty(card: Card) -> bool:
    """Whether the card has nothing to show, for sure."""
    try:
        return not card_rows(card.name)
    except TookTooLong:
        return False
