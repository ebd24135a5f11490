"""Text from data as the browser shall show it, letter by letter. Words of our own belong where they are drawn."""

import re

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")

# Streamlit replaces these in the finished text, where a backslash no longer helps: emoji and icons in colons, addresses, arrows.
REPLACED_LATER = re.compile(r":(?=\w)|:(?=//)|www(?=\.)|@(?=\w)|<(?=[-=])|-(?=[->])|[>=~](?==)")
WORD_JOINER = "\u2060"  # Takes no room and shows nothing.


def plain(text: str) -> str:
    """Return Markdown that shows the text as it stands, in one line: no markup, links, formulas, emoji or icons."""
    parted = REPLACED_LATER.sub(lambda found: found.group() + WORD_JOINER, " ".join(text.split()))
    return PUNCTUATION.sub(r"\\\1", parted)
