"""What stands above every page: the app's name and the ways to its pages."""

from streamlit_app.components.cover import app_icon, picture
from streamlit_app.components.links import EXPLORE, FOR_YOU, SEARCH, TRUST, address, link
from streamlit_app.components.markup import draw, joined, tag

PAGES = (("Search", SEARCH), ("For you", FOR_YOU), ("Explore", EXPLORE), ("Trust", TRUST))


def draw_masthead(current: str) -> None:
    """Draw the name and the links; ``current`` is the page that is shown."""
    name = link(joined(picture(app_icon(), 28), tag("span", "Booklake")), address(SEARCH), class_="name")
    links = [link(label, address(to), aria_current="page" if to == current else None) for label, to in PAGES]
    draw(tag("header", name, tag("nav", *links, aria_label="Pages"), class_="masthead"))
