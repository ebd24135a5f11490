"""HTML in which words of data cannot become markup: what is not made here is escaped. What is drawn is decided elsewhere."""

import re
from html import escape
from typing import Literal

import streamlit as st

# What the letters alone say about a language; Latin, Cyrillic and Arabic letters serve too many for that.
LETTERS_OF_A_LANGUAGE = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
)


class Markup(str):
    """HTML that may be shown as it stands; an ordinary text beside it is escaped."""

    __slots__ = ()


def tag(name: str, *children: str, **attributes: str | None) -> Markup:
    """Return an element; children that are no ``Markup`` are text, attributes of None are left out.

    ``class_`` stands for `class`, an underscore within a name for a hyphen: ``aria_label`` is `aria-label`.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value is not None
    )
    if name == "img":
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>")


def joined(*parts: str, by: str = "") -> Markup:
    """Return the parts one after the other, empty ones left out; those that are no ``Markup`` are text."""
    return Markup(escape(by).join(part if isinstance(part, Markup) else escape(part) for part in parts if part))


def words_of_data(name: str, text: str, *, class_: str | None = None) -> Markup:
    """Return an element with a title or a name, which runs in the direction of its own letters."""
    return tag(name, " ".join(text.split()), class_=class_, dir="auto", lang=language_of_letters(text))


def language_of_letters(text: str) -> str | None:
    """The language, as browsers name it, that only the letters of the text leave possible; None where they leave several."""
    return next((language for language, letters in LETTERS_OF_A_LANGUAGE if letters.search(text)), None)


def draw(*parts: Markup, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw the parts as one element of the page."""
    st.html(joined(*parts), width=width)
