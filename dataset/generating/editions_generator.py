"""Made-up editions of works, still without any damage: how they stand in the files belongs to book_rows.py and quirks.py."""

import random
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from dataset.generating.author_spellings import printed_author
from dataset.generating.library import Library
from dataset.generating.made_up_isbns import made_up_isbn13
from dataset.generating.other_works import kind_of
from dataset.generating.printed_texts import TitleKind, printed_description, printed_title
from dataset.generating.publishing import TRANSLATION_LANGUAGES, publishers_of
from dataset.generating.works import Work

# The last 500 ids of each shard are kept free for rows that are planted beside the editions.
SHARD_IDS = (range(1, 99_500), range(100_001, 1_999_500), range(2_000_001, 4_999_500))
FIRST_SHARD_PERCENT, MOST_IN_FIRST_SHARD, SECOND_OF_REST_PERCENT = 40, 60_000, 58
# Editions are made so many at a time, which bounds the memory.
CHUNK = 10_000
FIRST_PRINTING_YEAR, LAST_PRINTING_YEAR = 1955, 2024
# Into a third language; of the others so many print the original title, the rest the English one.
TRANSLATED_PERCENT, ORIGINAL_PERCENT = 8, 15
ALL_AUTHORS_PERCENT = 40
FORMATS = ("paperback", "paperback", "paperback", "hardcover", "hardcover", "ebook")

# Percent of five to one stars: loved, liked, middling, divisive.
STAR_SHARES = ((52, 29, 13, 4, 2), (36, 36, 20, 6, 2), (22, 35, 30, 9, 4), (33, 24, 19, 13, 11))


@dataclass(frozen=True)
class Edition:
    """A made-up printing of a work; ``shard`` is the book file it stands in, ``star_counts`` go from five to one star.

    ``authors`` is the cell as printed; ``variations`` say in what name and authors differ from the work's title and first author.
    """

    edition_id: int
    shard: int
    work: Work
    title_kind: TitleKind
    name: str
    authors: str
    variations: tuple[str, ...]
    description: str
    language: str
    isbn13: str
    form: str
    publisher: str
    publish_date: date
    page_count: int | None
    star_counts: tuple[int, ...]


class Place(NamedTuple):
    """Where an edition stands among all: its id, its shard and its ISBN."""

    edition_id: int
    shard: int
    isbn13: str


def shard_sizes(book_count: int) -> tuple[int, int, int]:
    """How many editions stand in each book file: the first one's ids soon are all taken."""
    first = min(book_count * FIRST_SHARD_PERCENT // 100, MOST_IN_FIRST_SHARD)
    second = (book_count - first) * SECOND_OF_REST_PERCENT // 100
    return first, second, book_count - first - second


def edition_ids(rng: random.Random, book_count: int) -> "array[int]":
    """Return ascending ids, spread over the shards' ranges."""
    ids = array("I")
    for free, size in zip(SHARD_IDS, shard_sizes(book_count), strict=True):
        ends = [free.start + place * len(free) // size for place in range(size + 1)]
        ids.extend(rng.randrange(*ends[place : place + 2]) for place in range(size))
    return ids


def make_editions(rng: random.Random, library: Library, ids: "array[int]") -> Iterator[list[Edition]]:
    """Yield the editions by ascending id, at most ``CHUNK`` at a time and about equally many each time."""
    first_isbn = rng.randrange(10**9)
    chunk_count = -(-len(ids) // CHUNK)
    ends = [chunk * len(ids) // chunk_count for chunk in range(chunk_count + 1)]
    printed = array("I", bytes(4 * (1 + max(library.work_numbers))))
    for start, end in pairwise(ends):
        editions = []
        for index in range(start, end):
            number = library.work_numbers[index]
            printed[number] += 1
            shard = next(shard for shard, free in enumerate(SHARD_IDS) if ids[index] < free.stop)
            place = Place(ids[index], shard, made_up_isbn13(first_isbn + index))
            readers = library.weight(number) * 1_500 // printed[number] ** 2 + rng.randrange(5, 400)
            editions.append(_edition(rng, place, library.work(number), readers))
        yield editions


def _edition(rng: random.Random, place: Place, work: Work, readers: int) -> Edition:
    language, title_kind = _language_and_title(rng, work)
    form = rng.choice(FORMATS)
    shares = STAR_SHARES[work.number % len(STAR_SHARES)]
    first_year = max(FIRST_PRINTING_YEAR, work.first_year or 0)
    title = printed_title(rng, work, title_kind)
    authors, spelled = _authors(rng, work, language)
    return Edition(
        edition_id=place.edition_id,
        shard=place.shard,
        work=work,
        title_kind=title_kind,
        name=title.name,
        authors=authors,
        variations=title.variations + spelled,
        description=printed_description(rng, work, form, title_kind),
        language=language,
        isbn13=place.isbn13,
        form=form,
        publisher=rng.choice(publishers_of(language)),
        publish_date=date(rng.randint(first_year, LAST_PRINTING_YEAR), rng.randint(1, 12), rng.randint(1, 28)),
        page_count=None if form == "ebook" else 60 + work.number * 37 % 640 + rng.randrange(-20, 60),
        star_counts=tuple(readers * share * rng.randrange(80, 121) // 10_000 + rng.randrange(3) for share in shares),
    )


def _language_and_title(rng: random.Random, work: Work) -> tuple[str, TitleKind]:
    """Originals and translations: only titles that are facts are used, so a third language prints the original one.

    Works that are alike are not translated: an English edition of each would tell nothing of how a translation finds its work.
    """
    if kind_of(work) == "alike":
        return work.language, "title"
    own_title: TitleKind = "original_title" if work.original_title else "title"
    is_translated = rng.randrange(100) < TRANSLATED_PERCENT
    is_original = rng.randrange(100) < ORIGINAL_PERCENT
    if is_translated:
        return rng.choice([code for code in TRANSLATION_LANGUAGES if code != work.language]), own_title
    if work.language == "eng":
        return "eng", own_title if is_original else "title"
    return (work.language, own_title) if is_original else ("eng", "title")


def _authors(rng: random.Random, work: Work, language: str) -> tuple[str, tuple[str, ...]]:
    """The cell of the authors and what is special in it: often only the first of several is given."""
    first = printed_author(rng, work.authors[0], language)
    spelled = ("author_spelling",) if first != work.authors[0] else ()
    if len(work.authors) > 1 and (kind_of(work) == "anthology" or rng.randrange(100) < ALL_AUTHORS_PERCENT):
        return "/".join([first, *work.authors[1:]]), (*spelled, "all_authors")
    return first, spelled
