"""Covers drawn from a book's own words: the same book always looks the same, and nothing is loaded from anywhere."""

import re
from collections.abc import Iterator
from hashlib import sha256
from unicodedata import combining, east_asian_width
from urllib.parse import quote
from xml.sax.saxutils import escape

from streamlit_app.components.markup import Markup, tag

# Ground and ornament; white letters on each ground reach a contrast of at least 7 to 1.
COLOURS = (
    ("#7a1f2b", "#d98c7a"), ("#1f3a5f", "#7fb2e5"), ("#21502f", "#8fc79a"), ("#4a2a63", "#c3a1e0"), ("#5a3a12", "#e0b36a"),
    ("#0f4c4c", "#74c9c4"), ("#3b3f4a", "#aab2c5"), ("#6b1f57", "#e59ac9"),
)  # fmt: skip
ORNAMENTS = (
    '<circle cx="100" cy="236" r="34"/><circle cx="100" cy="236" r="20"/>',
    '<path d="M20 236h160M20 222h160M20 250h160"/>',
    '<path d="M100 200l36 36-36 36-36-36zM100 216l20 20-20 20-20-20z"/>',
    '<path d="M28 242q36-56 72 0t72 0M28 226q36-56 72 0t72 0"/>',
    '<path d="M100 200v72M64 236h72M75 211l50 50M125 211l-50 50"/>',
)
LETTERS_PER_LINE, LINES = 13, 5
LETTERS_OF_A_LONG_WORD = 19  # Up to here the letters become smaller, beyond it the word is parted.
LETTERS_OF_AUTHORS = 26


def cover(title: str, authors: str | None) -> str:
    """Return an SVG of 200 by 300 units with the title, the authors and an ornament that the two decide."""
    digest = sha256(f"{title}\n{authors}".encode()).digest()
    ground, ornament = COLOURS[digest[0] % len(COLOURS)]
    longest = max((len(word) for word in re.split(r"[\s-]", title) if _letters_wide(word) == len(word)), default=0)
    width = max(LETTERS_PER_LINE, min(longest, LETTERS_OF_A_LONG_WORD))
    lines = wrapped(_printable(title), width, LINES)
    written = "".join(f'<text x="100" y="{58 + 27 * place}">{escape(line)}</text>' for place, line in enumerate(lines))
    by = "".join(escape(line) for line in wrapped(_printable(authors or ""), LETTERS_OF_AUTHORS, 1))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="300" viewBox="0 0 200 300">'
        f'<rect width="200" height="300" rx="6" fill="{ground}"/><rect width="9" height="300" fill="#000" opacity=".22"/>'
        f'<rect x="18" y="14" width="172" height="272" fill="none" stroke="{ornament}" stroke-width="1.5" opacity=".7"/>'
        f'<g fill="none" stroke="{ornament}" stroke-width="2" opacity=".75" transform="translate(4 -8)">'
        f"{ORNAMENTS[digest[1] % len(ORNAMENTS)]}</g>"
        '<g transform="translate(4 0)" fill="#fff" text-anchor="middle" font-family="Georgia, serif">'
        f'<g font-size="{22 * LETTERS_PER_LINE / width:.1f}" font-weight="bold">{written}</g>'
        f'<text x="100" y="277" font-size="12">{by}</text></g></svg>'
    )


def app_icon() -> str:
    """Return the app's icon as an SVG: three books on a shelf."""
    books = "".join(
        f'<rect x="{left}" y="{top}" width="16" height="{54 - top}" rx="2" fill="{fill}"/>'
        for left, top, fill in ((5, 14, "#7a1f2b"), (24, 6, "#1f3a5f"), (43, 20, "#21502f"))
    )
    shelf = '<rect x="2" y="54" width="60" height="6" rx="2" fill="#b08850"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">{books}{shelf}</svg>'


def picture(svg: str, width: int) -> Markup:
    """Return the SVG as an image of that many pixels; it says nothing that does not stand beside it, so it has no text."""
    return tag("img", src=f"data:image/svg+xml,{quote(svg)}", width=str(width), alt="")


def wrapped(text: str, width: int, most_lines: int) -> list[str]:
    """Return the text in lines of at most so many Latin letters' width; where it does not fit, the last one ends with `…`."""
    lines = [""]
    for piece, is_new_word in _pieces(text, width):
        longer = f"{lines[-1]} {piece}" if is_new_word and lines[-1] else lines[-1] + piece
        if _letters_wide(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    if len(lines) <= most_lines:
        return lines
    last = lines[most_lines - 1]
    while _letters_wide(last) >= width:
        last = last[:-1]
    return [*lines[: most_lines - 1], f"{last}…"]


def _pieces(text: str, width: int) -> Iterator[tuple[str, bool]]:
    """What may not be parted, and whether a space stands before it: words up to a hyphen, each wide letter by itself."""
    for word in text.split():
        step = 1 if _letters_wide(word) > len(word) else width
        for part in re.finditer(rf"[^-]{{1,{step}}}-?|-", word):
            yield part.group(), part.start() == 0


def _letters_wide(text: str) -> int:
    """How many Latin letters are as wide as the text: Chinese, Japanese and Korean ones take the room of two."""
    return sum(2 if east_asian_width(letter) in "WF" else not combining(letter) for letter in text)


def _printable(text: str) -> str:
    """The text without characters that XML forbids."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
