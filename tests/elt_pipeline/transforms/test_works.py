from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pyspark.sql import DataFrame

from elt_pipeline.contracts.silver import EDITION_WORKS, WORKS
from elt_pipeline.transforms.edition_works import group_editions
from elt_pipeline.transforms.works import describe_works

Editions = Callable[..., DataFrame]


def edition(edition_id: int, title: str, authors: str | None = "A", **values: Any) -> dict[str, Any]:
    return {"edition_id": edition_id, "title": title, "authors": authors, **values}


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


def test_a_title_is_spelt_as_most_editions_spell_it(make: Any, editions: Editions) -> None:
    frame = editions(
        edition(1, "good omens", rating_count=9),
        edition(2, "Good Omens", rating_count=1),
        edition(3, "Good Omens", rating_count=1),
        edition(4, "Good Omens: With a Preface", rating_count=5),
        edition(5, "Good Omens: With a Preface", rating_count=5),
        edition(6, "Good Omens: With a Preface", rating_count=5),
    )
    one_work = make(EDITION_WORKS, [{"edition_id": number, "work_id": 1} for number in range(1, 7)])
    (work,) = describe_works(frame, one_work).collect()
    assert (work["title"], work["best_edition_id"]) == ("Good Omens", 1)


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
