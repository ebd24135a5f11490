"""How an edition stands in the book files of the Kaggle format, shard by shard; single planted cases belong to quirks.py."""

import random

from dataset.generating.editions_generator import Edition
from dataset.generating.made_up_isbns import isbn10_of
from dataset.generating.publishing import spellings_of

Row = dict[str, str]

BOOK_FILES = ("book1-100k.csv", "book100k-2000k.csv", "book2000k-5000k.csv")
SWAPPED_SHARDS = (0, 1)
_FIRST = "RatingDist1,pagesNumber,RatingDist4,RatingDistTotal,PublishMonth,PublishDay,Publisher,CountsOfReview,PublishYear"
_COMMON = "Authors,ISBN,Rating,PublishYear,PublishMonth,PublishDay,Publisher"
_COUNTS = "RatingDist5,RatingDist4,RatingDist3,RatingDist2,RatingDist1,RatingDistTotal,CountsOfReview,Language"

# The order of the columns in each shard, as in the real files.
BOOK_COLUMNS: tuple[tuple[str, ...], ...] = (
    tuple(f"Id,Name,{_FIRST},Language,Authors,Rating,RatingDist2,RatingDist5,ISBN,RatingDist3".split(",")),
    tuple(f"Id,Name,{_COMMON},{_COUNTS},pagesNumber,Description".split(",")),
    tuple(f"Id,Name,{_COMMON},{_COUNTS},Description,Count of text reviews,PagesNumber".split(",")),
)


def pages_column(shard: int) -> str:
    """The column of the page count, which one shard spells with a capital."""
    return next(name for name in BOOK_COLUMNS[shard] if name.lower() == "pagesnumber")


def book_row(rng: random.Random, edition: Edition, *, has_counts: bool) -> Row:
    """Return the edition's cells by column name; without counts, as in a part of the real files, only the total stays."""
    total = sum(edition.star_counts)
    shown = edition.star_counts if has_counts else (None,) * 5
    published = edition.publish_date
    swapped = edition.shard in SWAPPED_SHARDS
    row = {
        "Id": str(edition.edition_id),
        "Name": edition.name,
        "Authors": edition.authors,
        "ISBN": isbn10_of(edition.isbn13),
        "Rating": average_stars(edition.star_counts),
        "PublishYear": str(published.year),
        "PublishMonth": str(published.day if swapped else published.month),
        "PublishDay": str(published.month if swapped else published.day),
        "Publisher": edition.publisher,
        "RatingDistTotal": f"total:{total}",
        "CountsOfReview": str(total // 80),
        "Count of text reviews": str(total // 80),
        "Language": rng.choice(spellings_of(edition.language)),
        "Description": edition.description,
        pages_column(edition.shard): str(edition.page_count or ""),
    }
    row |= {
        f"RatingDist{stars}": f"{stars}:{count}" if count is not None else "" for stars, count in zip("54321", shown, strict=True)
    }
    return {name: row[name] for name in BOOK_COLUMNS[edition.shard]}


def average_stars(star_counts: tuple[int, ...]) -> str:
    """The mean as the files print it, ``4.57`` or ``4.5``: hundredths, half up; counts go from five to one star."""
    total = sum(star_counts)
    if not total:
        return "0.0"
    stars = sum(weight * count for weight, count in zip((5, 4, 3, 2, 1), star_counts, strict=True))
    hundredths = (200 * stars + total) // (2 * total)
    return f"{hundredths // 100}.{hundredths % 100:02}".removesuffix("0")
