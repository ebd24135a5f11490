import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pyspark.sql import DataFrame

from elt_pipeline.contracts.silver import EDITION_WORKS, WORKS
from elt_pipeline.transforms.works import describe_works, group_editions

Editions = Callable[..., DataFrame]


def works_of(frame: DataFrame) -> dict[int, int]:
    return {row["edition_id"]: row["work_id"] for row in group_editions(frame).collect()}


def edition(edition_id: int, title: str, authors: str | None = "A", **values: Any) -> dict[str, Any]:
    return {"edition_id": edition_id, "title": title, "authors": authors, **values}


def test_editions_of_one_folded_title_and_first_author_are_one_work(editions: Editions) -> None:
    frame = editions(
        edition(9, "Les Misérables", "Victor Hugo"),
        edition(4, "les miserables!", "VICTOR HUGO / Norman Denny"),
        edition(5, "Les Misérables", "Norman Denny / Victor Hugo"),
    )
    grouped = group_editions(frame)
    EDITION_WORKS.check_spark(grouped.schema)
    assert sorted(map(tuple, grouped.collect())) == [
        (4, 4, "same_title_and_author", "title=les miserables author=victor hugo"),
        (5, 5, "alone", "title=les miserables author=norman denny"),
        (9, 4, "same_title_and_author", "title=les miserables author=victor hugo"),
    ]


def test_an_edition_without_author_stays_alone(editions: Editions) -> None:
    grouped = group_editions(editions(edition(1, "Beowulf", None), edition(2, "Beowulf", None)))
    assert sorted(map(tuple, grouped.collect())) == [(1, 1, "alone", "title=beowulf"), (2, 2, "alone", "title=beowulf")]


def test_volumes_of_one_title_are_works_of_their_own(editions: Editions) -> None:
    frame = editions(
        edition(1, "Fables", series_name="Fables", series_number="1"),
        edition(2, "Fables", series_name="FABLES", series_number="2"),
        edition(3, "Fables", series_name="Fables", series_number="2"),
        edition(4, "Fables"),
    )
    assert works_of(frame) == {1: 1, 2: 2, 3: 2, 4: 4}
    assert "volume=fables #2" in {row["evidence"][-16:] for row in group_editions(frame).collect()}


def test_series_of_two_names_do_not_part_a_work(editions: Editions) -> None:
    frame = editions(
        edition(1, "Merrick", series_name="The Vampire Chronicles", series_number="7"),
        edition(2, "Merrick", series_name="Crónicas Vampíricas", series_number="8"),
        edition(3, "Merrick"),
    )
    assert works_of(frame) == {1: 1, 2: 1, 3: 1}


def test_titles_in_other_scripts_are_told_apart(editions: Editions) -> None:
    assert works_of(editions(edition(1, "حرب"), edition(2, "سلام"), edition(3, "!!!"), edition(4, "???"))) == {
        1: 1,
        2: 2,
        3: 3,
        4: 4,
    }


def test_grouping_is_the_same_for_any_order(editions: Editions, rng: random.Random) -> None:
    rows = [
        edition(
            n, f"Title {n % 7}", rng.choice(["A", "B", None]), series_name="S", series_number=str(n % 3) if n % 7 == 1 else None
        )
        for n in range(1, 80)
    ]
    first = works_of(editions(*rows))
    rng.shuffle(rows)
    assert works_of(editions(*rows).repartition(4)) == first


def test_a_work_is_described_by_its_best_edition(editions: Editions) -> None:
    frame = editions(
        edition(1, "Dune", description="Sand.", rating_count=5, average_stars=Decimal("3.00"), publish_year=1965),
        edition(2, "DUNE", rating_count=10, average_stars=Decimal("4.01"), language_code="eng", publish_year=1990),
        edition(3, "dune", series_name="Dune", series_number="1", average_stars=Decimal("1.00")),
        edition(4, "Emma", isbn13="9780439358071"),
        edition(5, "emma", page_count=300),
    )
    works = describe_works(frame, group_editions(frame))
    WORKS.check_spark(works.schema)
    assert sorted(map(tuple, works.collect())) == [
        (1, 2, "DUNE", "Dune", "1", "eng", "Sand.", 1965, 3, 15, Decimal("3.67")),
        (4, 4, "Emma", None, None, None, None, None, 2, 0, None),
    ]


def test_the_mean_is_rounded_half_up_from_integers(editions: Editions) -> None:
    frame = editions(
        edition(1, "Half", rating_count=1, average_stars=Decimal("4.00")),
        edition(2, "Half", rating_count=1, average_stars=Decimal("4.01")),
        edition(3, "Less", rating_count=2, average_stars=Decimal("4.00")),
        edition(4, "Less", rating_count=1, average_stars=Decimal("4.01")),
        edition(5, "Many", rating_count=9_999_999_999, average_stars=Decimal("3.95")),
        edition(6, "Many", rating_count=9_999_999_999, average_stars=Decimal("3.95")),
        edition(7, "None", rating_count=0, average_stars=Decimal("3.00")),
    )
    works = describe_works(frame, group_editions(frame))
    means = {row["title"]: row["average_stars"] for row in works.collect()}
    assert means == {"Half": Decimal("4.01"), "Less": Decimal("4.00"), "Many": Decimal("3.95"), "None": None}
