import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from elt_pipeline.contracts.silver import EDITIONS
from elt_pipeline.transforms.editions import author_names, clean_editions, judge_books, rank_books

RawBooks = Callable[..., DataFrame]
INGESTED_AT = datetime(2026, 1, 1)  # noqa: DTZ001 - the engine adds the zone.


def test_a_raw_book_becomes_an_edition(raw_books: RawBooks) -> None:
    counts = {"RatingDist5": "5:5", "RatingDist4": "4:4", "RatingDist3": "3:3", "RatingDist2": "2:2", "RatingDist1": "1:1"}
    texts = {"Authors": "Frank  Herbert/Brian Herbert", "ISBN": "439358078", "Publisher": " Ace ", "Description": "One\r\ntwo"}
    dated = {"PublishYear": "1990", "PublishMonth": "9", "PublishDay": "30", "Language": "en-US", "pagesNumber": "535"}
    rated = {"Rating": "4.205", "RatingDistTotal": "total:15", "CountsOfReview": "7", "Count of text reviews": "6"}
    raw = raw_books({"Id": "12", "Name": " Dune  (Dune, #1) "} | counts | texts | dated | rated)
    edition = clean_editions(raw)
    EDITIONS.check_spark(edition.schema)
    assert edition.columns == EDITIONS.column_names
    assert edition.collect()[0].asDict() == {
        "edition_id": 12,
        "isbn10": "0439358078",
        "isbn13": "9780439358071",
        "title": "Dune",
        "source_title": "Dune  (Dune, #1)",
        "series_name": "Dune",
        "series_number": "1",
        "publisher": "Ace",
        "language_code": "eng",
        "description": "One\ntwo",
        "authors": "Frank Herbert / Brian Herbert",
        "issues": "",
        "page_count": 535,
        "publish_year": 1990,
        "five_star_count": 5,
        "four_star_count": 4,
        "three_star_count": 3,
        "two_star_count": 2,
        "one_star_count": 1,
        "rating_count": 15,
        "review_count": 7,
        "average_stars": Decimal("4.21"),
        "publish_date": date(1990, 9, 30),
    }


def test_a_book_of_which_nothing_is_known_but_id_and_title_is_kept(raw_books: RawBooks) -> None:
    edition = clean_editions(raw_books({})).collect()[0].asDict()
    known = {name: value for name, value in edition.items() if value is not None}
    assert known == {"edition_id": 1, "title": "Dune", "source_title": "Dune", "issues": ""}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param({"Id": None}, "id_is_not_a_number", id="no id"),
        pytest.param({"Id": "x1"}, "id_is_not_a_number", id="id of letters"),
        pytest.param({"Id": "0"}, "id_is_not_a_number", id="zero"),
        pytest.param({"Id": "-5"}, "id_is_not_a_number", id="negative"),
        pytest.param({"Id": "99999999999999999999"}, "id_is_not_a_number", id="beyond a bigint"),
        pytest.param({"Name": None}, "no_title", id="no title"),
        pytest.param({"Name": " \u200b\t"}, "no_title", id="invisible title"),
        pytest.param({"Id": "x", "Name": ""}, "id_is_not_a_number", id="the first rule broken"),
        pytest.param({"Name": "?"}, None, id="usable"),
    ],
)
def test_a_raw_book_is_judged_by_the_first_rule_that_it_breaks(
    raw_books: RawBooks, row: dict[str, str], reason: str | None
) -> None:
    raw = raw_books(row)
    assert [row["rejection_reason"] for row in judge_books(raw).collect()] == [reason]
    assert clean_editions(raw).count() == (reason is None)


@pytest.mark.parametrize(
    ("row", "issues"),
    [
        pytest.param({"ISBN": "9.78e+12"}, "isbn_impossible", id="isbn"),
        pytest.param({"PublishYear": "1999", "PublishMonth": "11", "PublishDay": "31"}, "date_impossible", id="31 November"),
        pytest.param({"PublishYear": "1999", "PublishMonth": "11"}, "", id="no day"),
        pytest.param({"PublishYear": "-44", "PublishMonth": "3", "PublishDay": "15"}, "", id="before the common era"),
        pytest.param({"PublishYear": "20166", "PublishMonth": "13", "PublishDay": "40"}, "year_impossible", id="year"),
        pytest.param({"pagesNumber": "100000"}, "pages_impossible", id="pages"),
        pytest.param({"pagesNumber": "0"}, "", id="no pages"),
        pytest.param({"Language": "klingon"}, "language_unknown", id="language"),
        pytest.param({"Rating": "7"}, "stars_impossible", id="stars"),
        pytest.param({"Rating": "0", "RatingDistTotal": "total:0"}, "", id="zero stars, nobody rated"),
        pytest.param({"Rating": "0", "RatingDistTotal": "total:3"}, "stars_impossible", id="zero stars of three readers"),
        pytest.param({"RatingDist5": "4:1"}, "counts_unreadable", id="the prefix of another count"),
        pytest.param({"CountsOfReview": "some"}, "counts_unreadable", id="reviews"),
        pytest.param(
            {f"RatingDist{n}": f"{n}:1" for n in range(1, 6)} | {"RatingDistTotal": "total:6"}, "counts_contradict", id="sum"
        ),
        pytest.param({"RatingDist5": "5:1", "RatingDistTotal": "total:6"}, "", id="counts that are not all given"),
        pytest.param(
            {"pagesNumber": "-1", "ISBN": "x", "Language": "?"}, "isbn_impossible language_unknown pages_impossible", id="sorted"
        ),
    ],
)
def test_what_cannot_be_repaired_is_an_issue_and_no_rejection(raw_books: RawBooks, row: dict[str, str], issues: str) -> None:
    assert [edition["issues"] for edition in clean_editions(raw_books(row)).collect()] == [issues]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("J.K. Rowling/Mary GrandPré", "J.K. Rowling / Mary GrandPré", id="slash"),
        pytest.param("A ; B;C", "A / B / C", id="semicolon"),
        pytest.param("Hobsbawm, E. J.", "Hobsbawm, E. J.", id="a comma is part of a name"),
        pytest.param("Z//A/ /Z", "Z / A", id="empty and double names"),
        pytest.param(" / ", None, id="only separators"),
        pytest.param(None, None, id="null"),
    ],
)
def test_authors_are_split_and_cleaned(value_of: Callable[..., Any], text: str | None, names: str | None) -> None:
    assert value_of(author_names, text) == names
    assert value_of(author_names, names) == names


def test_a_swapped_file_is_repaired_whole_and_no_other_moves(raw_books: RawBooks) -> None:
    swapped = [
        {"Id": f"{n}", "_source_file": "a", "PublishMonth": "25", "PublishDay": "3", "PublishYear": "1999"} for n in range(1, 21)
    ]
    early = {"Id": "50", "_source_file": "a", "PublishMonth": "2", "PublishDay": "3", "PublishYear": "1999"}
    other = {"Id": "51", "_source_file": "b", "PublishMonth": "2", "PublishDay": "3", "PublishYear": "1999"}
    wrong = {"Id": "52", "_source_file": "b", "PublishMonth": "25", "PublishDay": "3", "PublishYear": "1999"}
    editions = clean_editions(raw_books(*swapped, early, other, wrong)).where("edition_id >= 20").orderBy("edition_id")
    dates = [tuple(row) for row in editions.select("publish_date", "issues").collect()]
    assert dates == [(date(1999, 3, 25), ""), (date(1999, 3, 2), ""), (date(1999, 2, 3), ""), (None, "date_impossible")]


def test_of_one_id_the_row_ingested_last_stays(raw_books: RawBooks) -> None:
    old, new = {"Name": "A", "_ingested_at": INGESTED_AT}, {"Name": "B", "_ingested_at": INGESTED_AT + timedelta(days=1)}
    for rows in ([old, new], [new, old]):
        assert [row["title"] for row in clean_editions(raw_books(*rows)).collect()] == ["B"]


def test_equal_ids_are_equal_however_they_are_written(raw_books: RawBooks) -> None:
    ranked = rank_books(raw_books({"Id": "7"}, {"Id": " 07.0 "}))
    assert sorted(row["candidate_rank"] for row in ranked.collect()) == [1, 2]


def test_shuffled_books_give_the_same_editions(raw_books: RawBooks, rng: random.Random) -> None:
    rows = [
        {
            "Id": f"{n % 40}",
            "Name": f"Title {n % 3}",
            "ISBN": rng.choice([None, "0439358078"]),
            "_source_line": n,
            "_source_file": f"{n % 2}",
        }
        for n in range(120)
    ]
    first = sorted(map(tuple, clean_editions(raw_books(*rows)).collect()))
    rng.shuffle(rows)
    shuffled = [{**row, "_source_line": line} for line, row in enumerate(rows)]
    assert sorted(map(tuple, clean_editions(raw_books(*shuffled).repartition(5)).collect())) == first


def test_new_columns_of_the_source_change_nothing(raw_books: RawBooks) -> None:
    raw = raw_books({"Authors": "A"})
    drifted = raw.withColumns({"publisher_name": F.lit("x"), "edition_id": F.lit("y"), "is_swapped": F.lit("z")})
    assert clean_editions(drifted).collect() == clean_editions(raw).collect()
