"""The damage that real book files show, as rules on single rows with their rates; whole bad lines belong to bad_lines.py."""

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dataset.generating.book_rows import Row
from dataset.generating.made_up_isbns import isbn10_check_digit, isbn13_of
from dataset.generating.publishing import OTHER_CODES

Change = Callable[[str], str]

LONG_SUBTITLE = " and ".join(["with a preface that nobody asked for", "with notes that explain the preface"] * 3)


def _always(_: Row) -> bool:
    return True


@dataclass(frozen=True)
class Quirk:
    """A change of one column in some rows: of the rows that fit, ``per_10_000`` get it, one at least where any fits."""

    name: str
    column: str
    per_10_000: int
    change: Change
    fits: Callable[[Row], bool] = _always


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter).startswith("LATIN")


def _doubled_space(text: str) -> str:
    # In the real files a comma has become a second space.
    return text.replace(",", " ", 1) if ", " in text.partition("(")[0] else text.replace(" ", "  ", 1)


def _with_subtitle(subtitle: str) -> Change:
    def change(name: str) -> str:
        title, space, series = name.rpartition(" (") if name.endswith(")") else (name, "", "")
        return f"{title}: {subtitle}{space}{series}"

    return change


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _decomposable(column: str) -> Callable[[Row], bool]:
    return lambda row: _decomposed(row[column]) != row[column]


def _scientific(isbn10: str) -> str:
    digits = isbn13_of(isbn10)
    return f"{digits[0]}.{digits[1:6]}E+12"


def _stays_invalid_when_padded(row: Row) -> bool:
    """Whether the ISBN without its last digit, padded with a zero, is no ISBN: else a repair would hit a real book."""
    return isbn10_check_digit("0" + row["ISBN"][:8]) != row["ISBN"][8]


def _hyphenated(isbn10: str) -> str:
    return f"{isbn10[:2]}-{isbn10[2:5]}-{isbn10[5:9]}-{isbn10[9]}"


QUIRKS = (
    Quirk("double_space_in_title", "Name", 250, _doubled_space, lambda row: " " in row["Name"].split(" (")[0]),
    Quirk("trailing_space_in_title", "Name", 120, lambda name: name + "  "),
    Quirk("lower_case_title", "Name", 100, str.lower, lambda row: row["Name"].lower() != row["Name"]),
    Quirk("decomposed_title", "Name", 2_000, _decomposed, _decomposable("Name")),
    Quirk("percent_and_underscore_in_title", "Name", 40, _with_subtitle("100% Complete_Edition")),
    Quirk("quotes_in_title", "Name", 40, _with_subtitle('the "Reader\'s Choice" Printing')),
    Quirk("long_title", "Name", 40, _with_subtitle(LONG_SUBTITLE)),
    Quirk("double_space_in_author", "Authors", 300, lambda name: name.replace(" ", "  ", 1), lambda row: " " in row["Authors"]),
    Quirk("decomposed_author", "Authors", 1_500, _decomposed, _decomposable("Authors")),
    Quirk("isbn_lower_case_x", "ISBN", 5_000, str.lower, lambda row: row["ISBN"].endswith("X")),
    Quirk("isbn_missing", "ISBN", 360, lambda _: ""),
    Quirk("isbn_of_13_digits", "ISBN", 200, isbn13_of),
    Quirk("isbn_hyphenated", "ISBN", 60, _hyphenated),
    Quirk(
        "isbn_check_digit_wrong",
        "ISBN",
        100,
        lambda isbn: isbn[:9] + str((int(isbn[9]) + 1) % 10),
        lambda row: row["ISBN"].isdigit(),
    ),
    Quirk("isbn_check_digit_lost", "ISBN", 60, lambda isbn: isbn[:9], _stays_invalid_when_padded),
    Quirk("isbn_scientific", "ISBN", 60, _scientific),
    Quirk("pages_zero", "pages", 150, lambda _: "0", lambda row: bool(row["pages"])),
    Quirk(
        "counts_contradict",
        "RatingDistTotal",
        60,
        lambda text: f"total:{int(text[6:]) + 17}",
        lambda row: bool(row["RatingDist5"]),
    ),
    Quirk("language_missing", "Language", 700, lambda _: ""),
    # Only the shard that is not swapped: in the others a day over 12 would stand in the place of the month.
    Quirk("impossible_date", "date", 100, lambda _: "31 11", lambda row: "Count of text reviews" in row),
    Quirk(
        "description_of_two_lines",
        "Description",
        100,
        lambda text: text.replace(", ", ",\n", 1),
        lambda row: "Description" in row,
    ),
)

# What the works bring with them; noted in the answer key, nothing is changed.
NATURAL_QUIRKS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "apostrophe_in_title": ("Name", lambda name: "'" in name),
    "non_latin_title": ("Name", lambda name: not all(map(_is_latin, filter(str.isalpha, name)))),
    "language_not_in_iso_639_3": ("Language", lambda code: code in OTHER_CODES),
}

# After these the ISBN in the file no longer leads to the edition.
LOST_ISBN_QUIRKS = frozenset({"isbn_missing", "isbn_check_digit_wrong", "isbn_check_digit_lost", "isbn_scientific"})


def plant_quirks(rng: random.Random, rows: Sequence[Row]) -> list[list[tuple[str, str]]]:
    """Change the rows in place, at most once per column and row; return per row the (quirk, column) pairs, by QUIRKS' order.

    The column ``pages`` stands for the page count's column however a shard spells it, ``date`` for month and day.
    """
    planted: list[list[tuple[str, str]]] = [[] for _ in rows]
    changed: set[tuple[int, str]] = set()
    for quirk in QUIRKS:
        fitting = [
            place
            for place, row in enumerate(rows)
            if (place, quirk.column) not in changed and quirk.fits(_with_pages(row, quirk))
        ]
        wanted = max(1, len(fitting) * quirk.per_10_000 // 10_000) if fitting else 0
        for place in sorted(rng.sample(fitting, wanted)):
            changed.add((place, quirk.column))
            planted[place].append((quirk.name, _apply(rows[place], quirk)))
    for row, notes in zip(rows, planted, strict=True):
        notes.extend((name, column) for name, (column, fits) in NATURAL_QUIRKS.items() if fits(row[column]))
    return planted


def _with_pages(row: Row, quirk: Quirk) -> Row:
    return row | {"pages": row[_pages(row)]} if quirk.column == "pages" else row


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
