import random
from typing import Any

from pyspark.sql import DataFrame

from elt_pipeline.contracts import bronze, gold, silver
from elt_pipeline.transforms.edition_works import group_editions
from elt_pipeline.transforms.editions import clean_editions
from elt_pipeline.transforms.genres import clean_genres, clean_work_genres
from elt_pipeline.transforms.ledger import ACCOUNTED, ROWS_BEHIND_A_NUMBER, KeptTables, balance_rows, sample_rows, unbalanced
from elt_pipeline.transforms.links import clean_download_links
from elt_pipeline.transforms.ratings import clean_ratings
from elt_pipeline.transforms.raw_tables import RawTables
from elt_pipeline.transforms.records import merge_rows, reject_rows

NASTY = [None, "", " ", "0", "1", "2", "3", "1.0", "-1", "x", "9" * 30, "\u202e", "\x00", "é", "Dune", "Dune (Dune, #1)"]
ISBN = "0439358078"
PHRASES = [None, "", "liked it", "it was amazing", "This user doesn't have any rating", "?"]
# What the rows of the first test become.
BALANCE = [
    ("book", "kept", "", 1),
    ("book", "merged", "same_id", 1),
    ("book", "read", "", 5),
    ("book", "rejected", "id_is_not_a_number", 1),
    ("book", "rejected", "r", 2),
    ("book_download_link", "kept", "", 1),
    ("book_download_link", "merged", "same_link", 2),
    ("book_download_link", "read", "", 4),
    ("book_download_link", "rejected", "r", 1),
    ("book_genre", "kept", "", 1),
    ("book_genre", "merged", "same_work", 1),
    ("book_genre", "read", "", 4),
    ("book_genre", "rejected", "genre_is_not_known", 1),
    ("book_genre", "rejected", "r", 1),
    ("genre", "kept", "", 1),
    ("genre", "merged", "same_name", 1),
    ("genre", "read", "", 3),
    ("genre", "rejected", "r", 1),
    ("rating", "kept", "", 1),
    ("rating", "merged", "same_work", 1),
    ("rating", "read", "", 3),
    ("rating", "rejected", "stars_out_of_range", 1),
    ("user_rating", "kept", "", 0),
    ("user_rating", "read", "", 0),
]


def balanced(raw: RawTables, settled: Any) -> DataFrame:
    editions = settled(clean_editions(raw.books))
    works = settled(group_editions(editions))
    kept = KeptTables(
        editions,
        settled(clean_genres(raw.genres)),
        settled(clean_work_genres(raw.book_genres, raw.genres, editions, works)),
        settled(clean_ratings(raw.ratings, raw.user_ratings, editions, works)),
        settled(clean_download_links(raw.book_download_links, editions)),
    )
    return balance_rows(raw, kept, settled(reject_rows(raw, editions, works)), settled(merge_rows(raw, editions, works)))


def test_each_row_read_is_kept_merged_or_rejected(raw_tables: Any, settled: Any) -> None:
    books = [{"Id": "1", "Name": "Dune", "ISBN": ISBN}] * 2 + [{"Id": "x", "Name": "Dune"}]
    ratings = [{"UserId": "1", "BookId": "1", "Rating": stars} for stars in ("1", "2", "9")]
    rejects = [
        {"reason": "r", "text": "t", "_source_file": "book1.csv"},
        *({"reason": "r", "text": "t", "_source_file": f"{name}.csv"} for name in ("genre", "book_genre", "my_library")),
        {"reason": "r", "text": "t", "_source_file": "book_download_link.csv"},
    ]
    genres = [{"Id": "7", "Name": "Fantasy"}, {"Id": "8", "Name": "FANTASY"}]
    book_genres = [{"BookISBN": ISBN, "GenreId": number} for number in ("7", "8", "9")]
    links = [{"BookISBN": ISBN, "Link": "https://books.example/1"}] * 3
    tables = {"books": books, "ratings": ratings, "load_rejects": rejects, "genres": genres, "book_genres": book_genres}
    ledger = balanced(raw_tables(**tables, book_download_links=links), settled)
    gold.ROW_LEDGER.check_spark(ledger.schema)
    rows = sorted(map(tuple, ledger.collect()))
    assert rows == BALANCE
    assert unbalanced(rows) == []


def test_the_ledger_balances_on_a_nasty_mix(raw_tables: Any, settled: Any, rng: random.Random) -> None:
    def pick(*columns: str) -> dict[str, Any]:
        return {column: rng.choice(NASTY) for column in columns}

    books = [pick(*(name for name in bronze.BOOKS.content_columns), "_source_file") for _ in range(300)]
    ratings = [pick("UserId", "BookId", "Rating") for _ in range(300)]
    user_ratings = [pick("ID", "Name") | {"Rating": rng.choice(PHRASES)} for _ in range(300)]
    rejects = [
        {"reason": "r", "text": rng.choice(NASTY), "_source_file": rng.choice(["rating.csv", "?", None])} for _ in range(50)
    ]
    genres = [pick("Id", "Name") for _ in range(100)]
    book_genres = [pick("GenreId") | {"BookISBN": rng.choice(["0", ISBN, "?", None])} for _ in range(300)]
    links = [pick("Link") | {"BookISBN": rng.choice([ISBN, "?", None])} for _ in range(100)]
    tables = {"books": books, "ratings": ratings, "user_ratings": user_ratings, "genres": genres, "book_genres": book_genres}
    raw = raw_tables(**tables, book_download_links=links, load_rejects=rejects)
    rows = [tuple(row) for row in balanced(raw, settled).collect()]
    assert unbalanced(rows) == []
    of_files = sum(reject["_source_file"] is not None for reject in rejects)
    assert sum(row[3] for row in rows if row[1] == "read") == 1_400 + of_files
    assert {row[0] for row in rows} == set(ACCOUNTED)
    assert {row[1] for row in rows if row[0] == "rating"} == {"read", "kept", "merged", "rejected"}


def test_at_most_a_thousand_rows_stand_behind_a_number(make: Any, rng: random.Random) -> None:
    said = {"source_table": "rating", "source_key": "2/1", "source_row": "{}"}
    many = [said | {"rejected_row_id": f"{place:05d}", "rejection_reason": "no_reader"} for place in range(1_200)]
    one = [said | {"rejected_row_id": "x", "rejection_reason": "stars_out_of_range"}]
    merged = [said | {"merged_row_id": "m", "rule": "same_work", "into_key": "rating:2/1"}]
    rejected = make(silver.REJECTED_ROWS, rng.sample(many + one, 1_201))
    sample = sample_rows(rejected, make(silver.MERGED_ROWS, merged))
    gold.LEDGER_ROWS.check_spark(sample.schema)
    ids = sorted(row["ledger_row_id"] for row in sample.collect())
    assert ids == [row["rejected_row_id"] for row in many[:ROWS_BEHIND_A_NUMBER]] + ["m", "x"]
    assert {(row["outcome"], row["reason"], row["into_key"]) for row in sample.collect()} == {
        ("rejected", "no_reader", None),
        ("rejected", "stars_out_of_range", None),
        ("merged", "same_work", "rating:2/1"),
    }


def test_a_lost_row_and_one_counted_twice_are_named() -> None:
    rows = [("book", "read", "", 10), ("book", "kept", "", 8), ("rating", "read", "", 5), ("rating", "kept", "", 5)]
    rows += [("rating", "rejected", "no_reader", 1), ("rating", "merged", "same_work", 0)]
    first, second = unbalanced(rows)
    assert first.startswith("book: 10 rows read, but 8 kept + 0 merged + 0 rejected: 2 rows are lost.")
    assert second.startswith("rating: 5 rows read, but 5 kept + 0 merged + 1 rejected: 1 rows are counted twice.")
