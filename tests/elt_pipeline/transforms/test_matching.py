import random
from collections.abc import Callable
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession

from elt_pipeline.transforms.edition_works import group_editions
from elt_pipeline.transforms.matching import CLEARLY_MORE_RATED, match_titles

Editions = Callable[..., DataFrame]
EDITIONS: list[dict[str, Any]] = [
    {"edition_id": 1, "title": "Dune", "source_title": "Dune (Dune, #1)", "series_number": "1", "authors": "Herbert"},
    {"edition_id": 2, "title": "Dune", "source_title": "Dune", "authors": "Herbert", "rating_count": 10},
    {"edition_id": 3, "title": "Snow", "source_title": "Snow", "authors": "Pamuk", "rating_count": 9 * CLEARLY_MORE_RATED},
    {"edition_id": 4, "title": "Snow", "source_title": "Snow", "authors": "Other", "rating_count": 10},
    {"edition_id": 5, "title": "Love", "source_title": "Love", "authors": "One", "rating_count": 10 * CLEARLY_MORE_RATED},
    {"edition_id": 6, "title": "Love", "source_title": "Love", "authors": "Two", "rating_count": 10},
    {"edition_id": 7, "title": "Dawn", "source_title": "Dawn", "authors": "One", "rating_count": 0},
    {"edition_id": 8, "title": "Dawn", "source_title": "Dawn", "authors": "Two"},
    {
        "edition_id": 9,
        "title": "Saga",
        "source_title": "Saga (Saga, #1)",
        "series_name": "Saga",
        "series_number": "1",
        "authors": "V",
    },
    {
        "edition_id": 10,
        "title": "Saga",
        "source_title": "Saga (Saga, #2)",
        "series_name": "Saga",
        "series_number": "2",
        "authors": "V",
    },
    {"edition_id": 11, "title": "The Owl & the Pale Cat", "source_title": "The Owl & the Pale Cat", "authors": "Lear"},
    {
        "edition_id": 12,
        "title": "Zen and the Long Road: An Inquiry into Values",
        "authors": "P",
        "source_title": "Zen and the Long Road: An Inquiry into Values",
    },
    {"edition_id": 13, "title": "The Dig", "source_title": "The Dig", "authors": "Foster"},
]


@pytest.mark.parametrize(
    ("name", "match"),
    [
        pytest.param("dune (Dune #1)", (1, 1), id="whole title, other punctuation"),
        pytest.param("DUNE", (1, 1), id="another edition's whole title"),
        pytest.param("Dune (Dune Chronicles, #1)", (1, 1), id="main title, the same number"),
        pytest.param("Dune (Dune, #4)", (1, 1), id="main title of the edition that names no number"),
        pytest.param("Saga (Saga, #2)", (10, 1), id="a volume by its whole title"),
        pytest.param("Saga (Saga Comics, #2)", (10, 1), id="a volume by its number"),
        pytest.param("Saga (Saga, #3)", None, id="a volume that is not there"),
        pytest.param("Saga", (None, 2), id="volumes without a number"),
        pytest.param("Snow", (None, 2), id="nine times as many ratings are not clear"),
        pytest.param("Love", (5, 2), id="ten times as many are"),
        pytest.param("Dawn", (None, 2), id="nobody has rated"),
        pytest.param("Owl and the Pale Cat: A Novel", (11, 1), id="other article, and for &, a novel"),
        pytest.param("The Owl and the Pale Cat: Study Guide", None, id="a guide to the work"),
        pytest.param("The Owl and the Pale Cat, Vol. 2", None, id="another volume"),
        pytest.param("The Owl and the Pale Cat (Cats, #2)", None, id="a series that the work does not name"),
        pytest.param("Zen and the Long Road", None, id="without the subtitle, by which books differ"),
        pytest.param("Zen and the Long Road: A Diary", None, id="another subtitle"),
        pytest.param("Dig", None, id="a short title without its article"),
        pytest.param("Dune Messiah", None, id="no work"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="null"),
    ],
)
def test_a_title_finds_its_work(
    spark: SparkSession, editions: Editions, name: str | None, match: tuple[int | None, int] | None
) -> None:
    frame = editions(*EDITIONS)
    names = spark.createDataFrame([(name,), (name,), ("Nothing",)], "Name string")
    found = match_titles(names, frame, group_editions(frame)).collect()
    assert [tuple(row) for row in found] == ([(name, *match)] if match else [])


def test_matches_are_the_same_for_any_order(spark: SparkSession, editions: Editions, rng: random.Random) -> None:
    names = [("DUNE",), ("Owl and the Pale Cat",), ("Zen and the Long Road",), ("Snow",), ("Love",)]
    found = []
    for _ in range(2):
        rows = rng.sample(EDITIONS, len(EDITIONS))
        frame = editions(*rows).repartition(3)
        shuffled = spark.createDataFrame(rng.sample(names, len(names)), "Name string")
        found.append(sorted(map(tuple, match_titles(shuffled, frame, group_editions(frame)).collect())))
    assert found[0] == found[1]
    assert len(found[0]) == len(names) - 1
