"""Messages in place of an answer. What a page says about its own answers belongs to the page."""

from catalogue.asking import CatalogueUnavailable
from streamlit_app.components.markup import Markup, draw, joined, tag


def draw_unavailable(error: CatalogueUnavailable) -> None:
    """Say that the catalogue could not be asked, which tells nothing about what is in it."""
    draw(_notice("The catalogue cannot be asked right now.", str(error), kind="failure", role="alert"))


def draw_empty_catalogue() -> None:
    """Say that the catalogue holds no book, and how books come into it."""
    draw_notice("The catalogue is empty.", "Load books with `booklake load`, then run `booklake refresh`.")


def draw_notice(what: str, *more: str) -> None:
    """Draw what there is to say, and below it what to do about it."""
    draw(_notice(what, *more, kind="notice", role="status"))


def _notice(what: str, *more: str, kind: str, role: str) -> Markup:
    return tag("div", tag("p", tag("strong", what)), *(tag("p", with_commands(line)) for line in more), class_=kind, role=role)


def with_commands(line: str) -> Markup:
    """Return the line with what stands between backticks as commands."""
    parts = line.split("`")
    return joined(*(tag("code", part) if place % 2 else part for place, part in enumerate(parts)))
