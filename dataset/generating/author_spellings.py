"""The other spellings of authors' names, a hand-written list of facts; which one an edition prints is drawn here."""

import csv
import random
from collections import defaultdict
from functools import cache
from pathlib import Path

SPELLINGS = Path(__file__).resolve().parents[1] / "author_spellings.csv"

# Of the editions in the author's own script, and of the others, so many print another spelling where the list has one.
OWN_SCRIPT_PERCENT, OTHER_SPELLING_PERCENT = 50, 25


@cache
def read_spellings(path: Path = SPELLINGS) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the other spellings by the catalogue's name and the language of the editions that use them, '' for any language."""
    found = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["author"], row["language"]].append(row["spelling"])
    return {key: tuple(spellings) for key, spellings in found.items()}


def printed_author(rng: random.Random, author: str, language: str) -> str:
    """The author as an edition in this language prints the name."""
    spellings = read_spellings()
    own, other = spellings.get((author, language)), spellings.get((author, ""))
    if own and rng.randrange(100) < OWN_SCRIPT_PERCENT:
        return rng.choice(own)
    return rng.choice(other) if other and rng.randrange(100) < OTHER_SPELLING_PERCENT else author
