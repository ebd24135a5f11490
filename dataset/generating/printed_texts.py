"""How a work's title and description are printed in an edition, still without any damage: that belongs to quirks.py."""

import random
from typing import Literal, NamedTuple

from dataset.generating.other_works import kind_of
from dataset.generating.works import Work

TitleKind = Literal["title", "original_title"]

AMPERSAND_PERCENT, SUBTITLE_PERCENT, NOTE_PERCENT, ORIGINAL_NAMED_PERCENT = 12, 6, 4, 50
SERIES_SUFFIXES = ("", *[" ({series}, #{number})"] * 7, " ({series} #{number})")
SUBTITLES = (
    "Annotated Edition",
    "The Illustrated Edition",
    "Large Print Edition",
    "The Complete Text",
    "With Introduction and Notes",
)
NOTES = ("Old Ferry Classics", "Large Print", "Illustrated", "Paper Kite Pocket Library")


class PrintedTitle(NamedTuple):
    """The title as printed, and by which names in the answer key it differs from the work's."""

    name: str
    variations: tuple[str, ...]


def printed_title(rng: random.Random, work: Work, title_kind: TitleKind) -> PrintedTitle:
    """Draw how an edition prints the title; subtitles and notes stand on printings of the catalogue's works alone."""
    title = work.original_title if title_kind == "original_title" and work.original_title else work.title
    variations = ["original_title"] if title != work.title else []
    lot = rng.randrange(100)
    if " and " in title and rng.randrange(100) < AMPERSAND_PERCENT:
        title = title.replace(" and ", " & ")
        variations.append("ampersand")
    if kind_of(work) == "catalogue" and ":" not in title and lot < SUBTITLE_PERCENT:
        title = f"{title}: {rng.choice(SUBTITLES)}"
        variations.append("subtitle")
    if work.series and work.series_number:
        title += rng.choice(SERIES_SUFFIXES).format(series=work.series, number=work.series_number)
    elif kind_of(work) == "catalogue" and lot >= 100 - NOTE_PERCENT:
        title = f"{title} ({rng.choice(NOTES)})"
        variations.append("edition_note")
    return PrintedTitle(title, tuple(variations))


def printed_description(rng: random.Random, work: Work, form: str, title_kind: TitleKind) -> str:
    """The work's own sentence, else one that says it is synthetic; half of the translations name the original title too."""
    text = work.description or f'A synthetic {form} of "{work.title}", printed for tests, by nobody.'
    is_named = rng.randrange(100) < ORIGINAL_NAMED_PERCENT
    return (
        f"{text} Original title: {work.original_title}." if title_kind == "title" and work.original_title and is_named else text
    )
