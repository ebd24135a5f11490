"""Works beside those of the catalogue, all made up: box sets, study guides, summaries, odd titles, works that are alike."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from dataset.generating.alike_works import ALIKE_WORKS, AlikeWork
from dataset.generating.works import Work

WorkKind = Literal["catalogue", "box_set", "study_guide", "summary", "odd_title", "anthology", "alike", "synthetic"]

LEAST_VOLUMES = 3
# From so many volumes on there is a box of the first half too.
HALF_BOX_VOLUMES = 5
BOX_TITLES = ("{} Boxed Set", "{} Box Set", "{} Complete Collection", "{}")
GUIDE_TITLES = (
    *("Study Guide: {}", "Study Guide for {}", "{} Study Notes", "A Reader's Guide to {}"),
    *("Study Guide: {}", "Notes on {}", "{}: A Study Guide"),
)
SUMMARY_TITLES = (
    "Summary of {}",
    "Summary and Analysis of {}",
    "Summary of {}",
    "{} in Thirty Minutes",
    "{}: Summary & Analysis",
)
MAKERS = ("Margin Lantern Editors", "Nineteen Pencils Study Notes", "Quick Owl Summaries")
GUIDED_WORKS, SUMMARISED_WORKS = 60, 40
# The others name their maker; these the author of the work, as sellers do.
NAMES_AUTHOR_EVERY = 3

ODD_TITLES = (
    '=HYPERLINK("https://books.example/","Click Here")',
    "=1+1",
    "+49 Ways to Leave",
    "-40 Degrees",
    "@Midnight",
    "Robert'); DROP TABLE book;--",
    "<script>alert('Library')</script>",
    "[A Link](javascript:void)",
    "../../etc/Nowhere",
    r"C:\New\Table",
    "NULL",
    "nan",
)
ANTHOLOGY = "An Anthology of Very Many Hands"
HANDS = tuple(f"{given} {family}" for given in ("Vexo", "Quilla", "Dorim") for family in ("Tulmab", "Hulzil", "Sibwyn", "Orunev"))


@dataclass(frozen=True)
class OtherWork(Work):
    """A made-up work; ``about`` are the numbers of the catalogue's works that it holds or is about."""

    kind: WorkKind = "synthetic"
    about: tuple[int, ...] = ()


def kind_of(work: Work) -> WorkKind:
    """What the work is."""
    return work.kind if isinstance(work, OtherWork) else "catalogue"


def make_other_works(works: Sequence[Work], famous_first: Sequence[Work], first_number: int) -> list[OtherWork]:
    """Return odd titles, box sets of the works' series, guides to and summaries of the famous ones, and works that are alike.

    They are numbered in this order.
    """
    numbers = count(first_number)
    found = [_made_up(next(numbers), title, ("Nobody Inparticular",), "odd_title") for title in ODD_TITLES]
    found.append(_made_up(next(numbers), ANTHOLOGY, HANDS, "anthology"))
    for series, volumes in _complete_series(works).items():
        found += [_box(next(numbers), series, title, held) for title, held in _boxed(series, volumes)]
    found += _guides(numbers, "study_guide", GUIDE_TITLES, famous_first[:GUIDED_WORKS])
    found += _guides(numbers, "summary", SUMMARY_TITLES, famous_first[:SUMMARISED_WORKS])
    found += [_alike(next(numbers), work) for work in ALIKE_WORKS]
    return found


def _made_up(
    number: int, title: str, authors: tuple[str, ...], kind: WorkKind, about: tuple[int, ...] = (), first_year: int | None = None
) -> OtherWork:
    genre = kind.replace("_", " ")
    return OtherWork(number, title, None, authors, first_year, "eng", (genre,), None, None, None, kind, about)


def _alike(number: int, work: AlikeWork) -> OtherWork:
    return OtherWork(
        number=number,
        title=work.title,
        original_title=None,
        authors=(work.author,),
        first_year=None,
        language=work.language,
        genres=("alike",),
        series=work.series,
        series_number=work.series_number,
        kind="alike",
    )


def _complete_series(works: Sequence[Work]) -> dict[str, list[Work]]:
    """The volumes of each series by one author, from the first as far as none is missing."""
    volumes: dict[str, dict[str, Work]] = defaultdict(dict)
    for work in works:
        if work.series and work.series_number:
            volumes[work.series].setdefault(work.series_number, work)
    complete = {}
    for series, by_number in volumes.items():
        held: list[Work] = []
        while (volume := by_number.get(str(len(held) + 1))) and (not held or volume.authors == held[0].authors):
            held.append(volume)
        if len(held) >= LEAST_VOLUMES:
            complete[series] = held
    return complete


def _boxed(series: str, volumes: list[Work]) -> Iterator[tuple[str, list[Work]]]:
    """The titles of the boxes and the volumes in them."""
    yield BOX_TITLES[volumes[0].number % len(BOX_TITLES)].format(series), volumes
    if len(volumes) >= HALF_BOX_VOLUMES:
        half = len(volumes) // 2 + 1
        yield f"{series} Boxed Set: Books 1-{half}", volumes[:half]


def _box(number: int, series: str, title: str, volumes: list[Work]) -> OtherWork:
    return OtherWork(
        number=number,
        title=title,
        original_title=None,
        authors=volumes[0].authors,
        first_year=max(volume.first_year or 0 for volume in volumes) or None,
        language=volumes[0].language,
        genres=volumes[0].genres,
        series=series,
        series_number=f"1-{len(volumes)}",
        kind="box_set",
        about=tuple(volume.number for volume in volumes),
    )


def _guides(numbers: Iterator[int], kind: WorkKind, titles: Sequence[str], guided: Sequence[Work]) -> Iterator[OtherWork]:
    for place, work in enumerate(guided):
        # Where a title is taken, a third place: so each form of title meets each way to name an author.
        names_author = (place + place // len(titles)) % NAMES_AUTHOR_EVERY == 0
        author = work.authors[0] if names_author else MAKERS[place % len(MAKERS)]
        yield _made_up(
            next(numbers), titles[place % len(titles)].format(work.title), (author,), kind, (work.number,), work.first_year
        )
