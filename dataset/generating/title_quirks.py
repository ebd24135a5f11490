"""The damage that titles show in real files, each as a change of one text; in how many rows it stands is in quirks.py."""

import unicodedata
from collections.abc import Callable

Change = Callable[[str], str]

ZERO_WIDTH_SPACE, SOFT_HYPHEN = "\u200b", "\u00ad"
RIGHT_TO_LEFT_OVERRIDE, POP_DIRECTION = "\u202e", "\u202c"
# Cyrillic letters that nobody can tell from the Latin ones.
HOMOGLYPHS = str.maketrans({"a": "\u0430", "e": "\u0435", "o": "\u043e"})
# An astronaut is three code points, joined by a zero-width joiner.
EMOJI = "\U0001f4da\U0001f469\u200d\U0001f680"
FORMULA_MARKS = "=+-@\t"
LONG_SUBTITLE = " and ".join(["with a preface that nobody asked for", "with notes that explain the preface"] * 3)
VERY_LONG_SUBTITLE = " and ".join(["with a preface that nobody asked for", "with notes that explain the preface"] * 15)


def doubled_space(text: str) -> str:
    """With two spaces for one; in the real files a comma has become the second."""
    return text.replace(",", " ", 1) if ", " in text.partition("(")[0] else text.replace(" ", "  ", 1)


def with_subtitle(subtitle: str) -> Change:
    """A change that puts a subtitle behind the title and before the series."""

    def change(name: str) -> str:
        title, space, series = name.rpartition(" (") if name.endswith(")") else (name, "", "")
        return f"{title}: {subtitle}{space}{series}"

    return change


def decomposed(text: str) -> str:
    """With each accent as a character of its own."""
    return unicodedata.normalize("NFD", text)


def is_decomposable(text: str) -> bool:
    """Whether there is an accent to part."""
    return decomposed(text) != text


def with_invisible(character: str) -> Change:
    """A change that puts a character which nobody sees behind the second letter."""
    return lambda text: text[:2] + character + text[2:]


def like_a_formula(text: str) -> str:
    """Begun like a formula of a spreadsheet, one way or the other by the title's length."""
    return FORMULA_MARKS[len(text) % len(FORMULA_MARKS)] + text


def right_to_left(text: str) -> str:
    """Within marks that turn the direction of writing round."""
    return RIGHT_TO_LEFT_OVERRIDE + text + POP_DIRECTION


def with_homoglyphs(text: str) -> str:
    """With Cyrillic letters in the place of Latin ones, in the first word that has any."""
    words = text.split(" ")
    place = next(place for place, word in enumerate(words) if word.translate(HOMOGLYPHS) != word)
    return " ".join([*words[:place], words[place].translate(HOMOGLYPHS), *words[place + 1 :]])


def has_homoglyphs(text: str) -> bool:
    """Whether there is a letter that has a double."""
    return text.isascii() and text.translate(HOMOGLYPHS) != text


def is_latin(letter: str) -> bool:
    """Whether a letter is Latin, with whatever accents."""
    return unicodedata.name(letter).startswith("LATIN")
