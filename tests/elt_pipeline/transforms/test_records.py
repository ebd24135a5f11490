import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pyspark.sql import DataFrame

from elt_pipeline.contracts import source
from elt_pipeline.contracts.silver import MERGED_ROWS, REJECTED_ROWS
from elt_pipeline.transforms.edition_works import group_editions
from elt_pipeline.transforms.editions import clean_editions
from elt_pipeline.transforms.records import merge_rows, reject_rows, table_of_file

BOOKS: list[dict[str, Any]] = [
    {"Id": "1", "Name": "Dune", "_source_file": "book1.csv", "_source_line": 2},
    {"Id": "1", "Name": "Dune", "ISBN": "0439358078", "_source_file": "book1.csv", "_source_line": 3},
    {
        "Id": "01",
        "Name": "Dune",
        "_ingested_at": datetime(2025, 1, 1, tzinfo=UTC),
        "_source_file": "book1.csv",
        "_source_line": 9,
    },
    {"Id": "x", "Name": 'say "é"', "_source_file": "book1.csv", "_source_line": 4},
    {"Id": "x", "Name": 'say "é"', "_source_file": "book1.csv", "_source_line": 5},
    {"Id": None, "Name": None},
]
RATINGS: list[dict[str, Any]] = [
    {"UserId": "2", "BookId": "1", "Rating": "3"},
    {"UserId": "2", "BookId": "1", "Rating": "5"},
    {"UserId": "2", "BookId": "1", "Rating": "5"},
    {"UserId": None, "BookId": "1", "Rating": "5"},
]
USER_RATINGS: list[dict[str, Any]] = [{"ID": "1", "Name": "Rating", "Rating": "This user doesn't have any rating"}]
LOAD_REJECTS: list[dict[str, Any]] = [
    {"reason": "too_few_fields", "text": "1,x", "_source_file": "book1.csv", "_source_line": 7},
    {"reason": "too_few_fields", "text": None, "_source_file": "my_library.csv", "_source_line": 1},
]
GENRES: list[dict[str, Any]] = [
    {"Id": "7", "Name": "Fantasy"},
    {"Id": "9", "Name": "fantasy"},
    {"Id": "x", "Name": "Fantasy"},
]
BOOK_GENRES: list[dict[str, Any]] = [{"BookISBN": "0439358078", "GenreId": "8"}, {"BookISBN": "?", "GenreId": "7"}]
LINKS: list[dict[str, Any]] = [{"BookISBN": "0439358078", "Link": "ftp://books.example/1"}]
ROWS = {
    "books": BOOKS,
    "ratings": RATINGS,
    "user_ratings": USER_RATINGS,
    "load_rejects": LOAD_REJECTS,
    "genres": GENRES,
    "book_genres": BOOK_GENRES,
    "book_download_links": LINKS,
}


@pytest.fixture(scope="module")
def records(raw_tables: Any, settled: Any) -> Callable[..., tuple[DataFrame, DataFrame]]:
    """Rejected and merged rows of the rows above, in an order of their own."""

    def of(order: Callable[[list[Any]], list[Any]] = list) -> tuple[DataFrame, DataFrame]:
        raw = raw_tables(**{name: order(rows) for name, rows in ROWS.items()})
        editions = settled(clean_editions(raw.books))
        works = settled(group_editions(editions))
        return settled(reject_rows(raw, editions, works)), settled(merge_rows(raw, editions, works))

    return of


def test_every_row_not_taken_is_on_record_with_its_reason(records: Any) -> None:
    rejected = records()[0]
    REJECTED_ROWS.check_spark(rejected.schema)
    rows = [(*tuple(row)[1:4], json.loads(row["source_row"]), *tuple(row)[5:]) for row in rejected.collect()]
    said = {"Id": "x", "Name": 'say "é"'}
    assert sorted(rows, key=str) == sorted(
        [
            ("book", "x", "id_is_not_a_number", said, "book1.csv", 4),
            ("book", "x", "id_is_not_a_number", said, "book1.csv", 5),
            ("book", None, "id_is_not_a_number", {}, None, None),
            ("book", None, "too_few_fields", {"text": "1,x"}, "book1.csv", 7),
            ("book", None, "too_few_fields", {}, "my_library.csv", 1),
            ("rating", "/1", "no_reader", {"BookId": "1", "Rating": "5"}, None, None),
            ("user_rating", "1/Rating", "placeholder", USER_RATINGS[0], None, None),
            ("genre", "x", "id_is_not_a_number", GENRES[2], None, None),
            ("book_genre", "0439358078/8", "book_is_not_known", BOOK_GENRES[0], None, None),
            ("book_genre", "?/7", "isbn_impossible", BOOK_GENRES[1], None, None),
            ("book_download_link", "0439358078/ftp://books.example/1", "link_is_no_web_address", LINKS[0], None, None),
        ],
        key=str,
    )


def test_every_merged_row_is_on_record_with_its_rule(records: Any) -> None:
    merged = records()[1]
    MERGED_ROWS.check_spark(merged.schema)
    rows = [(*tuple(row)[1:5], json.loads(row["source_row"]), *tuple(row)[6:]) for row in merged.collect()]
    assert sorted(rows, key=str) == sorted(
        [
            ("book", "01", "1", "same_id", {"Id": "01", "Name": "Dune"}, "book1.csv", 9),
            ("book", "1", "1", "same_id", {"Id": "1", "Name": "Dune", "ISBN": "0439358078"}, "book1.csv", 3),
            ("rating", "2/1", "rating:2/1", "same_work", RATINGS[0], None, None),
            ("rating", "2/1", "rating:2/1", "same_work", RATINGS[1], None, None),
            ("genre", "9", "7", "same_name", GENRES[1], None, None),
        ],
        key=str,
    )


def test_ids_are_unique_and_do_not_depend_on_the_order(records: Any, rng: random.Random) -> None:
    def shuffled(rows: list[Any]) -> list[Any]:
        return rng.sample(rows, len(rows))

    for first, second in zip(records(), records(shuffled), strict=True):
        rows = sorted(map(tuple, first.collect()))
        assert sorted(map(tuple, second.collect())) == rows
        assert len({row[0] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    "name",
    [
        "book1-100k.csv",
        "Book_Genre.csv",
        "book_download_link.csv",
        "rating.csv",
        "user_rating_0.csv",
        "GENRE.csv",
        "my_library.csv",
    ],
)
def test_the_table_of_a_file_is_the_contracts_and_a_catalogue_holds_books(value_of: Callable[..., Any], name: str) -> None:
    expected = source.table_of_file(name) or source.BOOK
    assert value_of(table_of_file, name) == expected.name


def test_a_line_of_no_file_belongs_to_no_table(value_of: Callable[..., Any]) -> None:
    assert value_of(table_of_file, None) == "unknown"
