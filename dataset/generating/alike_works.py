"""Made-up works that are easily taken for one, as data. How they and box sets become works is in other_works.py."""

from typing import NamedTuple


class AlikeWork(NamedTuple):
    """A work of nobody, printed in its own language only."""

    title: str
    author: str
    language: str
    series: str | None = None
    series_number: str | None = None


# Each work differs from the one beside it in the author, or else in the title and not in its place in a publisher's series.
ALIKE_WORKS = (
    AlikeWork("Songs of the Empty Shelf", "Dorim Moor", "eng"),
    AlikeWork("Songs of the Empty Shelf", "Dorim Muir", "eng"),
    AlikeWork("The Ferry at Night", "Vexo Tulmab", "eng"),
    AlikeWork("The Ferry at Night", "Vexo Tolmeb", "eng"),
    AlikeWork("Marenka", "Quilla Ostun", "fra"),
    AlikeWork("Marenka", "Quorin Sten", "eng"),
    AlikeWork("Contes du phare", "Juna Mora", "fra", "Old Ferry Classics", "3"),
    AlikeWork("My First Lantern", "Jorim Muir", "eng", "Old Ferry Classics", "3"),
    AlikeWork("El taller de papel", "Sibila Hulzil", "spa", "Old Ferry Classics", "1"),
    AlikeWork("Patience", "Sibila Hulzil", "eng", "Old Ferry Classics", "1"),
)
