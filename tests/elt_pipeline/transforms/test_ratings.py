import random
from typing import Any

import pytest
from pyspark.sql import DataFrame

from elt_pipeline.contracts import bronze, silver
from elt_pipeline.transforms.ratings import clean_ratings, judge_ratings, judge_user_ratings

PLACEHOLDER = "This user doesn't have any rating"


@pytest.fixture(scope="module")
def library(make: Any, editions: Any) -> tuple[DataFrame, DataFrame]:
    titles = {1: "Dune", 2: "Dune", 3: "Emma", 4: "Emma"}
    rows = [{"edition_id": number, "title": title, "source_title": title} for number, title in titles.items()]
    works = [
        {"edition_id": 1, "work_id": 1},
        {"edition_id": 2, "work_id": 1},
        {"edition_id": 3, "work_id": 3},
        {"edition_id": 4, "work_id": 4},
    ]
    return editions(*rows), make(silver.EDITION_WORKS, works)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(("2", "1", "5"), None, id="usable"),
        pytest.param(("2", "1.0", "5.0"), None, id="floats of whole numbers"),
        pytest.param(("", "1", "5"), "no_reader", id="blank reader"),
        pytest.param((None, "1", "5"), "no_reader", id="null reader"),
        pytest.param(("2", "1", None), "stars_are_not_a_number", id="no stars"),
        pytest.param(("2", "1", "five"), "stars_are_not_a_number", id="a word"),
        pytest.param(("2", "1", "0"), "stars_out_of_range", id="zero"),
        pytest.param(("2", "1", "6"), "stars_out_of_range", id="six"),
        pytest.param(("2", "1", "4.5"), "stars_out_of_range", id="half a star"),
        pytest.param(("2", "99", "5"), "book_is_not_known", id="unknown book"),
        pytest.param(("2", None, "5"), "book_is_not_known", id="no book"),
    ],
)
def test_a_rating_is_judged(make: Any, library: Any, row: tuple[str | None, ...], reason: str | None) -> None:
    raw = make(bronze.RATINGS, [dict(zip(("UserId", "BookId", "Rating"), row, strict=True))])
    judged = judge_ratings(raw, library[1]).collect()
    assert [rating["rejection_reason"] for rating in judged] == [reason]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(("7", "Dune", "it was amazing"), None, id="usable"),
        pytest.param(("7", "dune", " Liked It "), None, id="case and spaces"),
        pytest.param(("7", "Rating", PLACEHOLDER), "placeholder", id="placeholder"),
        pytest.param((None, "Rating", PLACEHOLDER), "placeholder", id="placeholder of nobody"),
        pytest.param((" ", "Dune", "liked it"), "no_reader", id="blank reader"),
        pytest.param(("7", "Dune", "loved it"), "phrase_is_not_known", id="unknown phrase"),
        pytest.param(("7", "Dune", None), "phrase_is_not_known", id="no phrase"),
        pytest.param(("7", "Ulysses", "liked it"), "title_matches_no_work", id="unknown title"),
        pytest.param(("7", None, "liked it"), "title_matches_no_work", id="no title"),
        pytest.param(("7", "Emma", "liked it"), "title_matches_several_works", id="two works of one title"),
    ],
)
def test_a_user_rating_is_judged(make: Any, library: Any, row: tuple[str | None, ...], reason: str | None) -> None:
    raw = make(bronze.USER_RATINGS, [dict(zip(("ID", "Name", "Rating"), row, strict=True))])
    judged = judge_user_ratings(raw, *library).collect()
    assert [rating["rejection_reason"] for rating in judged] == [reason]


def test_each_phrase_gives_its_stars(make: Any, library: Any) -> None:
    phrases = ["did not like it", "it was ok", "liked it", "really liked it", "it was amazing"]
    raw = make(bronze.USER_RATINGS, [{"ID": str(n), "Name": "Dune", "Rating": phrase} for n, phrase in enumerate(phrases, 1)])
    judged = judge_user_ratings(raw, *library).orderBy("reader_id").collect()
    assert [(rating["reader_id"], rating["stars"]) for rating in judged] == [(f"user_rating:{n}", n) for n in range(1, 6)]


def test_the_highest_rating_of_a_reader_and_work_stays(make: Any, library: Any) -> None:
    rows = [("2", "1", "3"), ("2", "2", "5"), (" 2 ", "1", "1"), ("2", "3", "2"), ("9", "1", "1"), ("9", "77", "5")]
    raw = make(bronze.RATINGS, [dict(zip(("UserId", "BookId", "Rating"), row, strict=True)) for row in rows])
    users = make(bronze.USER_RATINGS, [{"ID": "2", "Name": "Dune", "Rating": "it was ok"}])
    ratings = clean_ratings(raw, users, *library)
    silver.RATINGS.check_spark(ratings.schema)
    assert sorted(map(tuple, ratings.collect())) == [
        ("rating:2", 1, "rating", 5),
        ("rating:2", 3, "rating", 2),
        ("rating:9", 1, "rating", 1),
        ("user_rating:2", 1, "user_rating", 2),
    ]


def test_shuffled_ratings_give_the_same_rows(make: Any, library: Any, rng: random.Random) -> None:
    rows = [{"UserId": str(n % 5), "BookId": str(n % 4 + 1), "Rating": str(n % 6), "_source_line": n} for n in range(60)]
    users = make(bronze.USER_RATINGS, [])
    first = sorted(map(tuple, clean_ratings(make(bronze.RATINGS, rows), users, *library).collect()))
    rng.shuffle(rows)
    assert sorted(map(tuple, clean_ratings(make(bronze.RATINGS, rows).repartition(3), users, *library).collect())) == first
