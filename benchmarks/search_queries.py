"""How known titles become questions whose answer is known. Nothing is asked here."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyz"
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {key: row[max(at - 1, 0) : at] + row[at + 1 : at + 2] for row in KEYBOARD for at, key in enumerate(row)}


@dataclass(frozen=True)
class KnownBook:
    """A published work, and its title as search compares it."""

    title: str
    search_title: str
    isbn13: str | None


@dataclass(frozen=True)
class Query:
    """What is typed, and the title, as search compares titles, that the best answer bears."""

    kind: str
    text: str
    truth: str
    search_text: str = ""  # The text as search compares it; the database knows how.


Maker = Callable[[KnownBook, Random], str | None]


def make_queries(books: Sequence[KnownBook], titles_per_kind: int, seed: int) -> list[Query]:
    """Return queries of all kinds, mixed, so that whatever else the machine does meets all kinds alike.

    Each kind takes the first titles of one shuffle that allow it: exact, lower and misspelt queries are of the same titles. A
    query depends on the seed, its kind and its title alone.
    """
    order = _random(seed, "order")
    shuffled = order.sample(books, len(books))
    queries = [query for kind in KINDS for query in _queries_of(kind, shuffled, titles_per_kind, seed)]
    return order.sample(queries, len(queries))


def _queries_of(kind: str, books: Sequence[KnownBook], wanted: int, seed: int) -> list[Query]:
    found: list[Query] = []
    for book in books:
        if len(found) == wanted:
            break
        text = KINDS[kind](book, _random(seed, kind, book.title))
        if text:
            found.append(Query(kind, text, book.search_title))
    return found


def _random(*parts: object) -> Random:
    return random.Random("/".join(map(str, parts)))  # noqa: S311 -- repeatable on purpose, nothing secret


def without_punctuation(title: str) -> str | None:
    """The title with its punctuation left out, `Spider-Man` as `SpiderMan`; null where it has none."""
    return _if_changed(title, " ".join(re.sub(r"[^\w\s]", "", title).split()))


def without_article(title: str) -> str | None:
    """The title without the English article that it begins with; null where it begins with none."""
    return _if_changed(title, re.sub(r"^(a|an|the)\s+", "", title, flags=re.IGNORECASE))


def main_title(title: str) -> str | None:
    """What stands before the first colon or bracket; null where there is neither."""
    return _if_changed(title, re.split("[:(]", title)[0].strip())


def with_a_word_dropped(title: str, rng: Random) -> str | None:
    """The title without one of its words; null where it has only one."""
    words = title.split()
    dropped = rng.randrange(len(words))
    return " ".join(words[:dropped] + words[dropped + 1 :]) or None


def misspelt(title: str, slips: int, rng: Random, *, first_letters: bool = False) -> str | None:
    """The title with slips of the hand, the first letters of words spared unless ``first_letters``.

    Null where it has too few letters of the Latin keyboard, or where the second slip has mended the first.
    """
    text: str | None = title
    for _ in range(slips):
        text = text and _slipped(text, rng, first_letters=first_letters)
    return text and _if_changed(title, text)


def _slipped(text: str, rng: Random, *, first_letters: bool) -> str | None:
    places = [
        at for at, letter in enumerate(text) if letter.lower() in NEIGHBOURS and (first_letters or text[:at][-1:].isalpha())
    ]
    return rng.choice(SLIPS)(text, rng.choice(places), rng) if places else None


def neighbour_key(text: str, at: int, rng: Random) -> str:
    """The key beside the right one."""
    return text[:at] + rng.choice(NEIGHBOURS[text[at].lower()]) + text[at + 1 :]


def deletion(text: str, at: int, _: Random) -> str:
    """A letter left out."""
    return text[:at] + text[at + 1 :]


def insertion(text: str, at: int, rng: Random) -> str:
    """Any letter before the right one."""
    return text[:at] + rng.choice(LETTERS) + text[at:]


def transposition(text: str, at: int, rng: Random) -> str:
    """Two letters in the wrong order; a letter left out where no other letter follows."""
    following = text[at + 1 : at + 2]
    if not following.isalpha() or following.lower() == text[at].lower():
        return deletion(text, at, rng)
    return text[:at] + following + text[at] + text[at + 2 :]


def _if_changed(title: str, text: str) -> str | None:
    return text if text and text.lower() != title.lower() else None


SLIPS = (neighbour_key, deletion, insertion, transposition)
KINDS: dict[str, Maker] = {
    "exact": lambda book, _: book.title,
    "lower": lambda book, _: book.title.lower(),
    "no punctuation": lambda book, _: without_punctuation(book.title),
    "no article": lambda book, _: without_article(book.title),
    "dropped word": lambda book, rng: with_a_word_dropped(book.title, rng),
    "subtitle": lambda book, _: main_title(book.title),
    "typo1": lambda book, rng: misspelt(book.title, 1, rng),
    "typo2": lambda book, rng: misspelt(book.title, 2, rng),
    "typo1_first": lambda book, rng: misspelt(book.title, 1, rng, first_letters=True),
    "typo2_first": lambda book, rng: misspelt(book.title, 2, rng, first_letters=True),
    "isbn": lambda book, _: book.isbn13,
}
