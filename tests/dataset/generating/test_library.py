"""A library has the catalogue's works, those around them, and synthetic ones only where it is too large for the catalogue."""

import random
from collections import Counter

import pytest

from dataset.generating.library import make_library
from dataset.generating.other_works import kind_of, make_other_works
from dataset.generating.works import Work, folded, read_catalogue

CATALOGUE = read_catalogue()


def volume(number: int, author: str = "Ann") -> Work:
    return Work(number, f"Volume {number}", None, (author,), 1990 + number, "eng", ("crime",), "Docks", str(number))


@pytest.mark.parametrize("book_count", [150, 2_000, 20_000])
def test_every_work_has_an_edition_and_the_editions_are_as_many_as_wanted(rng: random.Random, book_count: int) -> None:
    library = make_library(rng, CATALOGUE, book_count)
    assert len(library.work_numbers) == book_count
    assert set(library.work_numbers) == {work.number for work in library.works()} == set(library.named)


def test_some_works_have_many_editions_and_most_have_few(rng: random.Random) -> None:
    counts = sorted(Counter(make_library(rng, CATALOGUE, 20_000).work_numbers).values())
    assert counts[-1] > 100
    assert counts[len(counts) // 2] < 20


def test_what_the_catalogue_cannot_fill_is_synthetic_and_has_titles_of_its_own(rng: random.Random) -> None:
    library = make_library(rng, CATALOGUE[:60], 6_000)
    works = list(library.works())
    kinds = Counter(kind_of(work) for work in works)
    assert set(library.work_numbers) == {work.number for work in works}
    assert kinds["catalogue"] == 60
    synthetic = [work for work in works if kind_of(work) == "synthetic"]
    assert len(synthetic) == kinds["synthetic"] > 500
    assert len({(work.title, work.authors) for work in synthetic}) == len(synthetic)
    assert not {folded(work.title) for work in synthetic} & {folded(work.title) for work in CATALOGUE}


def test_a_box_holds_the_volumes_as_far_as_none_is_missing_and_a_long_series_has_two() -> None:
    volumes = [*(volume(number) for number in range(1, 7)), volume(8), volume(9, "Bob")]
    boxes = [work for work in make_other_works(volumes, [], 10) if work.kind == "box_set"]
    assert [(box.title, box.series_number, box.about) for box in boxes] == [
        ("Docks Box Set", "1-6", (1, 2, 3, 4, 5, 6)),
        ("Docks Boxed Set: Books 1-4", "1-4", (1, 2, 3, 4)),
    ]
    assert [work for work in make_other_works(volumes[:2], [], 10) if work.kind == "box_set"] == []


def test_works_that_are_alike_are_works_of_their_own_beside_each_other() -> None:
    alike = [work for work in make_other_works([], [], 10) if work.kind == "alike"]
    pairs = list(zip(alike[::2], alike[1::2], strict=True))
    assert len({work.number for work in alike}) == len(alike) >= 10
    for one, other in pairs:
        same = [one.title == other.title, one.authors == other.authors, one.series is not None and one.series == other.series]
        assert same in ([True, False, False], [False, False, True], [False, True, True])
    assert len([pair for pair in pairs if {work.language for work in pair} > {"eng"}]) == 3


def test_guides_and_summaries_are_works_of_their_own_about_one_work() -> None:
    guides = [work for work in make_other_works([], [volume(3)], 10) if work.about]
    assert [(work.kind, work.title, work.authors, work.about) for work in guides] == [
        ("study_guide", "Study Guide: Volume 3", ("Ann",), (3,)),
        ("summary", "Summary of Volume 3", ("Ann",), (3,)),
    ]
