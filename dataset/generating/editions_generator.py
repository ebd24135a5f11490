"""Made-up editions of real works, still without any quirk: how they stand in the files belongs to book_rows.py and quirks.py."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dataset.generating.made_up_isbns import made_up_isbn13s
from dataset.generating.publishing import TRANSLATION_LANGUAGES, publishers_of
from dataset.generating.works import Work

TitleKind = Literal["title", "original_title"]

# The last 500 ids of each shard are kept free for rows that are planted beside the editions.
SHARD_IDS = (range(1, 99_500), range(100_001, 199_500), range(200_001, 299_500))
SHARD_PERCENT = (40, 35, 25)
FIRST_PRINTING_YEAR, LAST_PRINTING_YEAR = 1955, 2024
# Into a third language; of the others so many print the original title, the rest the English one.
TRANSLATED_PERCENT, ORIGINAL_PERCENT = 10, 20
FORMATS = ("paperback", "paperback", "paperback", "hardcover", "hardcover", "ebook")

# Percent of five to one stars: loved, liked, middling, divisive.
STAR_SHARES = ((52, 29, 13, 4, 2), (36, 36, 20, 6, 2), (22, 35, 30, 9, 4), (33, 24, 19, 13, 11))
SERIES_SUFFIXES = ("", *[" ({series}, #{number})"] * 7, " ({series} #{number})")


@dataclass(frozen=True)
class Edition:
    """A made-up printing of a real work; ``shard`` is the book file it stands in, ``star_counts`` go from five to one star."""

    edition_id: int
    shard: int
    work: Work
    title_kind: TitleKind
    name: str
    language: str
    isbn13: str
    form: str
    publisher: str
    publish_date: date
    page_count: int | None
    star_counts: tuple[int, ...]


def popularity(rng: random.Random, works: Sequence[Work]) -> dict[int, int]:
    """Return a made-up weight by work number, with the long tail that real readers make."""
    ranked = rng.sample(works, len(works))
    return {work.number: 10_000 // (rank + 10) for rank, work in enumerate(ranked)}


def make_editions(rng: random.Random, works: Sequence[Work], weights: dict[int, int], book_count: int) -> list[Edition]:
    """Return ``book_count`` editions by ascending id, one at least of each work where there are as many editions as works."""
    chosen = list(works[:book_count])
    chosen += rng.choices(works, [weights[work.number] for work in works], k=book_count - len(chosen))
    rng.shuffle(chosen)
    isbns = made_up_isbn13s(rng, book_count)
    ids = _edition_ids(rng, book_count)
    printed: dict[int, int] = {}
    editions = []
    for work, isbn13, (shard, edition_id) in zip(chosen, isbns, ids, strict=True):
        printed[work.number] = printed.get(work.number, 0) + 1
        readers = weights[work.number] * 1_500 // printed[work.number] ** 2 + rng.randrange(5, 400)
        editions.append(_edition(rng, edition_id, shard, work, isbn13, readers))
    return editions


def _edition_ids(rng: random.Random, book_count: int) -> list[tuple[int, int]]:
    sizes = [book_count * percent // 100 for percent in SHARD_PERCENT[:2]]
    sizes.append(book_count - sum(sizes))
    return [
        (shard, number)
        for shard, (ids, size) in enumerate(zip(SHARD_IDS, sizes, strict=True))
        for number in sorted(rng.sample(ids, size))
    ]


def _edition(rng: random.Random, edition_id: int, shard: int, work: Work, isbn13: str, readers: int) -> Edition:
    language, title_kind = _language_and_title(rng, work)
    form = rng.choice(FORMATS)
    shares = STAR_SHARES[work.number % len(STAR_SHARES)]
    first_year = max(FIRST_PRINTING_YEAR, work.first_year or 0)
    return Edition(
        edition_id=edition_id,
        shard=shard,
        work=work,
        title_kind=title_kind,
        name=_name(rng, work, title_kind),
        language=language,
        isbn13=isbn13,
        form=form,
        publisher=rng.choice(publishers_of(language)),
        publish_date=date(rng.randint(first_year, LAST_PRINTING_YEAR), rng.randint(1, 12), rng.randint(1, 28)),
        page_count=None if form == "ebook" else 60 + work.number * 37 % 640 + rng.randrange(-20, 60),
        star_counts=tuple(readers * share * rng.randrange(80, 121) // 10_000 + rng.randrange(3) for share in shares),
    )


def _language_and_title(rng: random.Random, work: Work) -> tuple[str, TitleKind]:
    """Originals and translations: only titles that are facts are used, so a third language prints the original one."""
    own_title: TitleKind = "original_title" if work.original_title else "title"
    is_translated = rng.randrange(100) < TRANSLATED_PERCENT
    is_original = rng.randrange(100) < ORIGINAL_PERCENT
    if is_translated:
        return rng.choice([code for code in TRANSLATION_LANGUAGES if code != work.language]), own_title
    if work.language == "eng":
        return "eng", own_title if is_original else "title"
    return (work.language, own_title) if is_original else ("eng", "title")


def _name(rng: random.Random, work: Work, title_kind: TitleKind) -> str:
    title = work.original_title if title_kind == "original_title" and work.original_title else work.title
    if not work.series or not work.series_number:
        return title
    return title + rng.choice(SERIES_SUFFIXES).format(series=work.series, number=work.series_number)
