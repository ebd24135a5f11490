"""Numbers and codes of a book as words for people. Texts that come from data belong to plain_text.py."""

from decimal import Decimal

# The languages that are frequent in book data, by their ISO 639-3 code; another one is shown by its code.
LANGUAGES = {
    "ara": "Arabic", "bul": "Bulgarian", "cat": "Catalan", "ces": "Czech", "dan": "Danish", "deu": "German", "ell": "Greek",
    "eng": "English", "est": "Estonian", "fas": "Persian", "fin": "Finnish", "fra": "French", "grc": "Ancient Greek",
    "heb": "Hebrew", "hin": "Hindi", "hrv": "Croatian", "hun": "Hungarian", "ind": "Indonesian", "isl": "Icelandic",
    "ita": "Italian", "jpn": "Japanese", "kor": "Korean", "lat": "Latin", "lav": "Latvian", "lit": "Lithuanian", "mul": "Several",
    "nld": "Dutch", "nor": "Norwegian", "pol": "Polish", "por": "Portuguese", "ron": "Romanian", "rus": "Russian",
    "slk": "Slovak", "slv": "Slovenian", "spa": "Spanish", "srp": "Serbian", "swe": "Swedish", "tur": "Turkish",
    "ukr": "Ukrainian", "vie": "Vietnamese", "zho": "Chinese",
}  # fmt: skip


# Why a search found a book, by the codes of the database; another code is shown as it is.
MATCHES = {
    "isbn": "by its ISBN", "title": "the very title", "title start": "the title begins so", "series": "the series",
    "words": "all the words", "similar": "spelt much like it",
}  # fmt: skip


def match(code: str | None) -> str:
    """Why a search found a book; empty where it is not said."""
    return MATCHES.get(code, code) if code else ""


def year(number: int | None) -> str:
    """A year, `1990` or `750 BCE`; empty where it is not known."""
    if number is None:
        return ""
    return str(number) if number > 0 else f"{-number} BCE"


def language(code: str | None) -> str:
    """A language's English name; empty where it is not known."""
    return LANGUAGES.get(code, code) if code else ""


def series(name: str | None, number: str | None) -> str:
    """The place in a series, `Discworld, no. 5`; empty where there is none."""
    return f"{name}, no. {number}" if name and number else name or ""


def counted(number: int, thing: str) -> str:
    """A number with its thing, `1 edition`, `2,298,124 ratings`."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def stars(average: Decimal | None, rating_count: int) -> str:
    """The readers' verdict, `★ 4.57 from 2,298,124 ratings`; says so where nobody has rated."""
    return f"★ {average} from {counted(rating_count, 'rating')}" if average is not None and rating_count else "Not rated yet"


def facts(*parts: str) -> str:
    """What is known of the parts, in one line."""
    return " · ".join(part for part in parts if part)
