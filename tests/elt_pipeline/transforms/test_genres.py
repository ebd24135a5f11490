import random
from datetime import UTC, datetime
from typing import Any

import pytest
from pyspark.sql import DataFrame

from elt_pipeline.contracts import bronze, silver
from elt_pipeline.transforms.genres import clean_genres, clean_work_genres, judge_book_genres, judge_genres, rank_book_genres

ISBN10, ISBN13, OTHER = "0439358078", "9780439358071", "9780306406157"
EARLIER = datetime(2025, 1, 1, tzinfo=UTC)
GENRES: list[dict[str, Any]] = [
    {"Id": "7", "Name": "Science  Fiction"},
    {"Id": "9", "Name": "science-fiction"},
    {"Id": "8", "Name": " Poetry "},
    {"Id": "8", "Name": "Verse", "_ingested_at": EARLIER},
]
LINKS: list[dict[str, Any]] = [
    {"BookISBN": ISBN10, "GenreId": "7"},
    {"BookISBN": "978-0-439-35807-1", "GenreId": "9"},
    {"BookISBN": OTHER, "GenreId": "8"},
    {"BookISBN": OTHER, "GenreId": "99"},
    {"BookISBN": "9780306406158", "GenreId": "8"},
    {"BookISBN": "0306406152X", "GenreId": None},
    {"BookISBN": "080442957X", "GenreId": "8"},
]


@pytest.fixture(scope="module")
def known(make: Any, editions: Any) -> tuple[DataFrame, DataFrame]:
    """Two editions of one work, and one of another whose ISBN is printed twice."""
    rows = [
        {"edition_id": 1, "isbn13": ISBN13},
        {"edition_id": 2, "isbn13": "9780439785969"},
        {"edition_id": 3, "isbn13": OTHER},
        {"edition_id": 4, "isbn13": OTHER},
    ]
    works = [{"edition_id": number, "work_id": {2: 1, 4: 4}.get(number, number)} for number in (1, 2, 3, 4)]
    return editions(*rows), make(silver.EDITION_WORKS, works)


def test_names_that_differ_in_nothing_but_spelling_are_one_genre(make: Any) -> None:
    genres = clean_genres(make(bronze.GENRES, GENRES))
    silver.GENRES.check_spark(genres.schema)
    assert sorted(map(tuple, genres.collect())) == [(7, "Science  Fiction"), (8, "Poetry")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param({"Id": "7", "Name": "Poetry"}, None, id="usable"),
        pytest.param({"Id": "seven", "Name": "Poetry"}, "id_is_not_a_number", id="id in words"),
        pytest.param({"Id": "-7", "Name": "Poetry"}, "id_is_not_a_number", id="id below zero"),
        pytest.param({"Id": "7", "Name": " \u200b"}, "no_name", id="nothing to see"),
        pytest.param({"Id": None, "Name": None}, "id_is_not_a_number", id="empty row"),
    ],
)
def test_a_genre_needs_a_number_and_a_name(make: Any, row: dict[str, Any], reason: str | None) -> None:
    assert [found["rejection_reason"] for found in judge_genres(make(bronze.GENRES, [row])).collect()] == [reason]


def test_a_work_has_the_genres_of_its_editions_once(make: Any, known: tuple[DataFrame, DataFrame]) -> None:
    work_genres = clean_work_genres(make(bronze.BOOK_GENRES, LINKS), make(bronze.GENRES, GENRES), *known)
    silver.WORK_GENRES.check_spark(work_genres.schema)
    assert sorted(map(tuple, work_genres.collect())) == [(1, 7), (3, 8)]


def test_a_link_that_leads_nowhere_says_why(make: Any, known: tuple[DataFrame, DataFrame]) -> None:
    judged = judge_book_genres(make(bronze.BOOK_GENRES, LINKS), make(bronze.GENRES, GENRES), *known)
    assert {row["source_key"]: row["rejection_reason"] for row in judged.collect()} == {
        f"{ISBN10}/7": None,
        "978-0-439-35807-1/9": None,
        f"{OTHER}/8": None,
        f"{OTHER}/99": "genre_is_not_known",
        "9780306406158/8": "isbn_impossible",
        "0306406152X/": "isbn_impossible",
        "080442957X/8": "book_is_not_known",
    }


def test_which_of_two_links_stays_does_not_depend_on_the_order(
    make: Any, known: tuple[DataFrame, DataFrame], rng: random.Random
) -> None:
    def merged(links: list[dict[str, Any]], genres: list[dict[str, Any]]) -> list[tuple[str, str]]:
        ranked = rank_book_genres(make(bronze.BOOK_GENRES, links), make(bronze.GENRES, genres), *known)
        return sorted((row["source_key"], row["into_key"]) for row in ranked.where("link_rank > 1").collect())

    assert merged(LINKS, GENRES) == [("978-0-439-35807-1/9", "1/7")]
    assert merged(rng.sample(LINKS, len(LINKS)), rng.sample(GENRES, len(GENRES))) == [("978-0-439-35807-1/9", "1/7")]
