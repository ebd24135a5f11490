import random
from typing import Any

from pyspark.sql import DataFrame

from elt_pipeline.contracts import bronze, gold
from elt_pipeline.transforms.editions import clean_editions
from elt_pipeline.transforms.ledger import balance_rows, unbalanced
from elt_pipeline.transforms.ratings import clean_ratings
from elt_pipeline.transforms.records import merge_rows, reject_rows
from elt_pipeline.transforms.works import group_editions

NASTY = [None, "", " ", "0", "1", "2", "3", "1.0", "-1", "x", "9" * 30, "\u202e", "\x00", "é", "Dune", "Dune (Dune, #1)"]
PHRASES = [None, "", "liked it", "it was amazing", "This user doesn't have any rating", "?"]


def balanced(
    make: Any, settled: Any, books: list[Any], ratings: list[Any], user_ratings: list[Any], load_rejects: list[Any]
) -> DataFrame:
    raw = (make(bronze.BOOKS, books), make(bronze.RATINGS, ratings), make(bronze.USER_RATINGS, user_ratings))
    rejects, editions = make(bronze.LOAD_REJECTS, load_rejects), settled(clean_editions(raw[0]))
    works = settled(group_editions(editions))
    kept = settled(clean_ratings(*raw[1:], editions, works))
    rejected = settled(reject_rows(rejects, *raw, editions, works))
    merged = settled(merge_rows(*raw, editions, works))
    return balance_rows(*raw, rejects, editions, kept, rejected, merged)


def test_each_row_read_is_kept_merged_or_rejected(make: Any, settled: Any) -> None:
    books = [{"Id": "1", "Name": "Dune"}, {"Id": "1", "Name": "Dune"}, {"Id": "x", "Name": "Dune"}]
    ratings = [{"UserId": "1", "BookId": "1", "Rating": stars} for stars in ("1", "2", "9")]
    rejects = [
        {"reason": "r", "text": "t", "_source_file": "book1.csv"},
        *({"reason": "r", "text": "t", "_source_file": f"{name}.csv"} for name in ("genre", "book_genre", "notes")),
        {"reason": "r", "text": "t", "_source_file": "book_download_link.csv"},
    ]
    ledger = balanced(make, settled, books, ratings, [], rejects)
    gold.ROW_LEDGER.check_spark(ledger.schema)
    rows = sorted(map(tuple, ledger.collect()))
    assert rows == [
        ("book", "kept", "", 1),
        ("book", "merged", "same_id", 1),
        ("book", "read", "", 4),
        ("book", "rejected", "id_is_not_a_number", 1),
        ("book", "rejected", "r", 1),
        ("rating", "kept", "", 1),
        ("rating", "merged", "same_work", 1),
        ("rating", "read", "", 3),
        ("rating", "rejected", "stars_out_of_range", 1),
        ("user_rating", "kept", "", 0),
        ("user_rating", "read", "", 0),
    ]
    assert unbalanced(rows) == []


def test_the_ledger_balances_on_a_nasty_mix(make: Any, settled: Any, rng: random.Random) -> None:
    def pick(*columns: str) -> dict[str, Any]:
        return {column: rng.choice(NASTY) for column in columns}

    books = [pick(*(name for name in bronze.BOOKS.content_columns), "_source_file") for _ in range(300)]
    ratings = [pick("UserId", "BookId", "Rating") for _ in range(300)]
    user_ratings = [pick("ID", "Name") | {"Rating": rng.choice(PHRASES)} for _ in range(300)]
    rejects = [
        {"reason": "r", "text": rng.choice(NASTY), "_source_file": rng.choice(["rating.csv", "?", None])} for _ in range(50)
    ]
    rows = [tuple(row) for row in balanced(make, settled, books, ratings, user_ratings, rejects).collect()]
    assert unbalanced(rows) == []
    of_rating_files = sum(reject["_source_file"] == "rating.csv" for reject in rejects)
    assert sum(row[3] for row in rows if row[1] == "read") == 900 + of_rating_files
    assert {row[0] for row in rows} == {"book", "rating", "user_rating"}
    assert {row[1] for row in rows if row[0] == "rating"} == {"read", "kept", "merged", "rejected"}


def test_a_lost_row_and_one_counted_twice_are_named() -> None:
    rows = [("book", "read", "", 10), ("book", "kept", "", 8), ("rating", "read", "", 5), ("rating", "kept", "", 5)]
    rows += [("rating", "rejected", "no_reader", 1), ("rating", "merged", "same_work", 0)]
    first, second = unbalanced(rows)
    assert first.startswith("book: 10 rows read, but 8 kept + 0 merged + 0 rejected: 2 rows are lost.")
    assert second.startswith("rating: 5 rows read, but 5 kept + 0 merged + 1 rejected: 1 rows are counted twice.")
