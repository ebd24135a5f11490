"""In how many rows of the book files which damage is planted, and in which column; whole bad lines belong to bad_lines.py."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dataset.generating import title_quirks as titles
from dataset.generating.book_rows import Row
from dataset.generating.made_up_isbns import isbn10_check_digit, isbn13_of
from dataset.generating.publishing import OTHER_CODES

Change = Callable[[str], str]

# Whose works are that old: some sources give the work's year for the printing's.
AUTHOR_BEFORE_ERA = "Homer"
LONG_DESCRIPTION_CHARACTERS, MANY_AUTHORS_CHARACTERS = 60_000, 120


@dataclass(frozen=True)
class Quirk:
    """A change of one column in some rows: of the rows that fit, ``per_10_000`` get it, one at least where any fits."""

    name: str
    column: str
    per_10_000: int
    change: Change
    fits: Callable[[Row], bool] | None = None


def _text(value: str) -> Change:
    return lambda _: value


def _has(mark: str, column: str) -> Callable[[Row], bool]:
    return lambda row: mark in row[column]


def _scientific(isbn10: str) -> str:
    digits = isbn13_of(isbn10)
    return f"{digits[0]}.{digits[1:6]}E+12"


def _stays_invalid_when_padded(row: Row) -> bool:
    """Whether the ISBN without its last digit, padded with a zero, is no ISBN: else a repair would hit a real book."""
    return isbn10_check_digit("0" + row["ISBN"][:8]) != row["ISBN"][8]


def _hyphenated(isbn10: str) -> str:
    return f"{isbn10[:2]}-{isbn10[2:5]}-{isbn10[5:9]}-{isbn10[9]}"


def _has_digits_alone(row: Row) -> bool:
    return row["ISBN"].isdigit()


def _has_description(row: Row) -> bool:
    return "Description" in row


def _is_unswapped(row: Row) -> bool:
    # In the other shards a day over 12 would stand in the place of the month.
    return "Count of text reviews" in row


def _long(text: str) -> str:
    return (text + " ") * (LONG_DESCRIPTION_CHARACTERS // len(text))


TITLE_QUIRKS = (
    Quirk("double_space_in_title", "Name", 250, titles.doubled_space, lambda row: " " in row["Name"].split(" (")[0]),
    Quirk("trailing_space_in_title", "Name", 120, lambda name: name + "  "),
    Quirk("leading_space_in_title", "Name", 40, lambda name: "  " + name),
    Quirk("lower_case_title", "Name", 100, str.lower, lambda row: row["Name"].lower() != row["Name"]),
    Quirk(
        "upper_case_title", "Name", 60, str.upper, lambda row: row["Name"].upper().lower() == row["Name"].lower() != row["Name"]
    ),
    Quirk("decomposed_title", "Name", 2_000, titles.decomposed, lambda row: titles.is_decomposable(row["Name"])),
    Quirk("percent_and_underscore_in_title", "Name", 40, titles.with_subtitle("100% Complete_Edition")),
    Quirk("quotes_in_title", "Name", 40, titles.with_subtitle('the "Reader\'s Choice" Printing')),
    Quirk("long_title", "Name", 40, titles.with_subtitle(titles.LONG_SUBTITLE)),
    Quirk("very_long_title", "Name", 4, titles.with_subtitle(titles.VERY_LONG_SUBTITLE)),
    Quirk("formula_in_title", "Name", 20, titles.like_a_formula),
    Quirk("zero_width_in_title", "Name", 20, titles.with_invisible(titles.ZERO_WIDTH_SPACE)),
    Quirk("soft_hyphen_in_title", "Name", 20, titles.with_invisible(titles.SOFT_HYPHEN)),
    Quirk("bidi_in_title", "Name", 20, titles.right_to_left),
    Quirk("homoglyph_in_title", "Name", 10, titles.with_homoglyphs, lambda row: titles.has_homoglyphs(row["Name"])),
    Quirk("emoji_in_title", "Name", 20, lambda name: f"{name} {titles.EMOJI}", lambda row: not row["Name"].endswith(")")),
    Quirk("tab_in_title", "Name", 20, lambda name: name.replace(" ", "\t", 1), _has(" ", "Name")),
    Quirk("newline_in_title", "Name", 10, lambda name: name.replace(" ", "\n", 1), _has(" ", "Name")),
    Quirk("backslash_in_title", "Name", 20, lambda name: name + "\\", lambda row: not row["Name"].endswith(")")),
)
AUTHOR_QUIRKS = (
    Quirk("double_space_in_author", "Authors", 300, lambda name: name.replace(" ", "  ", 1), _has(" ", "Authors")),
    Quirk("decomposed_author", "Authors", 1_500, titles.decomposed, lambda row: titles.is_decomposable(row["Authors"])),
)
ISBN_QUIRKS = (
    Quirk("isbn_lower_case_x", "ISBN", 5_000, str.lower, lambda row: row["ISBN"].endswith("X")),
    Quirk("isbn_missing", "ISBN", 360, _text("")),
    Quirk("isbn_of_13_digits", "ISBN", 200, isbn13_of),
    Quirk("isbn_hyphenated", "ISBN", 60, _hyphenated),
    Quirk("isbn_in_formula", "ISBN", 60, lambda isbn: f'="{isbn}"'),
    Quirk("isbn_with_decimal", "ISBN", 30, lambda isbn: f"{isbn}.0", _has_digits_alone),
    Quirk("isbn_check_digit_wrong", "ISBN", 100, lambda isbn: isbn[:9] + str((int(isbn[9]) + 1) % 10), _has_digits_alone),
    Quirk("isbn_check_digit_lost", "ISBN", 60, lambda isbn: isbn[:9], _stays_invalid_when_padded),
    Quirk("isbn_scientific", "ISBN", 60, _scientific),
    Quirk("asin_for_isbn", "ISBN", 60, lambda isbn: f"B0SYN{isbn[4:9]}"),
)
NUMBER_QUIRKS = (
    Quirk("pages_zero", "pages", 150, _text("0")),
    Quirk("pages_too_many", "pages", 10, _text("100000")),
    Quirk("pages_negative", "pages", 10, _text("-1")),
    Quirk(
        "counts_contradict",
        "RatingDistTotal",
        60,
        lambda text: f"total:{int(text[6:]) + 17}",
        lambda row: bool(row["RatingDist5"]),
    ),
    Quirk("seven_stars_on_average", "Rating", 10, _text("7.0")),
    Quirk("language_missing", "Language", 700, _text("")),
    Quirk("language_unknown", "Language", 20, _text("xx-YY")),
    Quirk("year_before_era", "PublishYear", 1_000, _text("-750"), lambda row: row["Authors"] == AUTHOR_BEFORE_ERA),
    Quirk("year_too_late", "PublishYear", 5, _text("20166")),
    Quirk("year_zero", "PublishYear", 5, _text("0")),
    Quirk("impossible_date", "date", 100, _text("31 11"), _is_unswapped),
    Quirk("month_over_12", "date", 20, _text("5 14"), _is_unswapped),
)
DESCRIPTION_QUIRKS = (
    Quirk("description_of_two_lines", "Description", 100, lambda text: text.replace(" ", "\n", 1), _has_description),
    Quirk("description_with_crlf", "Description", 20, lambda text: text.replace(" ", "\r\n", 1), _has_description),
    Quirk("description_is_null_mark", "Description", 20, _text(r"\N"), _has_description),
    Quirk("description_with_backslashes", "Description", 20, lambda text: rf"C:\new\table {text}" + "\\", _has_description),
    Quirk("description_with_tab", "Description", 20, lambda text: text.replace(" ", "\t", 1), _has_description),
    Quirk("description_with_quotes", "Description", 20, lambda text: f'"{text}" "', _has_description),
    Quirk("description_missing", "Description", 500, _text(""), _has_description),
    Quirk("description_very_long", "Description", 1, _long, _has_description),
)
QUIRKS = (*TITLE_QUIRKS, *AUTHOR_QUIRKS, *ISBN_QUIRKS, *NUMBER_QUIRKS, *DESCRIPTION_QUIRKS)

# What the works bring with them; noted in the answer key, nothing is changed.
NATURAL_QUIRKS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "apostrophe_in_title": ("Name", lambda name: "'" in name),
    "non_latin_title": ("Name", lambda name: not (name.isascii() or all(map(titles.is_latin, filter(str.isalpha, name))))),
    "many_authors": ("Authors", lambda names: len(names) > MANY_AUTHORS_CHARACTERS),
    "language_not_in_iso_639_3": ("Language", lambda code: code in OTHER_CODES),
}

# After these the ISBN in the file no longer leads to the edition.
LOST_ISBN_QUIRKS = frozenset(
    {"isbn_missing", "isbn_check_digit_wrong", "isbn_check_digit_lost", "isbn_scientific", "asin_for_isbn"}
)


def plant_quirks(rng: random.Random, rows: Sequence[Row]) -> list[list[tuple[str, str]]]:
    """Change the rows in place, at most once per column and row; return per row the (quirk, column) pairs, by QUIRKS' order.

    The column ``pages`` stands for the page count's column however a shard spells it, ``date`` for month and day.
    """
    planted: list[list[tuple[str, str]]] = [[] for _ in rows]
    changed: dict[str, set[int]] = {quirk.column: set() for quirk in QUIRKS}
    for quirk in QUIRKS:
        taken = changed[quirk.column]
        fitting = [place for place, row in enumerate(rows) if place not in taken and _fits(quirk, row)]
        wanted = max(1, len(fitting) * quirk.per_10_000 // 10_000) if fitting else 0
        for place in sorted(rng.sample(fitting, wanted)):
            taken.add(place)
            planted[place].append((quirk.name, _apply(rows[place], quirk)))
    for row, notes in zip(rows, planted, strict=True):
        notes.extend((name, column) for name, (column, fits) in NATURAL_QUIRKS.items() if fits(row[column]))
    return planted


def _fits(quirk: Quirk, row: Row) -> bool:
    if quirk.column == "pages":
        return bool(row[_pages(row)])
    return quirk.fits is None or quirk.fits(row)


def _pages(row: Row) -> str:
    return "pagesNumber" if "pagesNumber" in row else "PagesNumber"


def _apply(row: Row, quirk: Quirk) -> str:
    """Change the row, and return the name of the column that shows it."""
    if quirk.column == "date":
        row["PublishDay"], row["PublishMonth"] = quirk.change("").split()
        return "PublishDay"
    column = _pages(row) if quirk.column == "pages" else quirk.column
    row[column] = quirk.change(row[column])
    return column
