"""The works of the hand-written catalogue as typed rows; what is made up about them belongs to the generator's other modules."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue.csv"


@dataclass(frozen=True)
class Work:
    """A real work; ``number`` is its row in the catalogue, from 1. None is a fact that is not sure or a text not yet written."""

    number: int
    title: str
    original_title: str | None
    authors: tuple[str, ...]
    first_year: int | None
    language: str
    genres: tuple[str, ...]
    series: str | None
    series_number: str | None
    description: str | None = None


def read_catalogue(path: Path = CATALOGUE) -> tuple[Work, ...]:
    """Return the works in the catalogue's order. Raises ``ValueError`` where a row has too few or too many fields."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(_work(number, row) for number, row in enumerate(rows, start=1))


def _work(number: int, row: dict[str, str]) -> Work:
    if None in row or None in row.values():
        raise ValueError(f"catalogue row {number} does not have one value per column: {row}. Quote titles that hold a comma.")
    return Work(
        number=number,
        title=row["title"],
        original_title=row["original_title"] or None,
        authors=tuple(row["authors"].split(" / ")),
        first_year=int(row["first_year"]) if row["first_year"] else None,
        language=row["language"],
        genres=tuple(row["genres"].split(";")),
        series=row["series"] or None,
        series_number=row["series_number"] or None,
        description=row["description"] or None,
    )


@lru_cache(maxsize=50_000)
def folded_titles(name: str) -> frozenset[str]:
    """The forms by which a reader may know a title: whole and main title, folded, without series and leading article."""
    whole = re.sub(r"\s*\([^()]*\)\s*$", "", name)
    forms = {folded(whole), folded(re.split(r"[:(]", whole)[0])} - {""}
    return frozenset(re.sub(r"^(the|a|an) ", "", form) for form in forms)


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """The words of a title or name without case, accents and punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold()).replace("'", "")
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letter for letter in letters if not unicodedata.combining(letter))).split())
