"""Somebody's own catalogue from the CSV file to the search: every book found, every line accounted for, nothing of it lost."""

import csv
import shutil
from pathlib import Path

from catalogue.search import search_books
from dataset.generating.made_up_isbns import made_up_isbn13
from elt_pipeline.commands.questions import asking
from elt_pipeline.contracts import bronze
from elt_pipeline.session import lake_of
from tests.support.booklake import Booklake

ROOT = Path(__file__).resolve().parents[2]
EXPORTS = ROOT / "tests/dataset/loading/exports"
BOOK_COUNT = 100
# Every character that some engine does not take in the name of a column.
SHELF = "Regal; (oben), links = 1.a {`'\"} 📚"


def some_books() -> list[tuple[str, str, str]]:
    """Title, authors and ISBN of books whose titles differ."""
    with (ROOT / "dataset/catalogue.csv").open(encoding="utf-8", newline="") as file:
        authors = {row["title"]: row["authors"] for row in csv.DictReader(file)}
    titles = list(authors)[:BOOK_COUNT]
    return [(title, authors[title], isbn) for title, isbn in zip(titles, map(made_up_isbn13, range(BOOK_COUNT)), strict=True)]


def read_rejected(booklake: Booklake) -> dict[str, tuple[int, int]]:
    """By source table, the rows that were read and those of them that were rejected."""
    rows = booklake.ask(
        "select source_table, (sum(row_count) filter (where outcome = 'read'))::bigint, "
        "coalesce(sum(row_count) filter (where outcome = 'rejected'), 0)::bigint from gold.row_ledger group by source_table"
    )
    return {str(table): (int(str(read)), int(str(rejected))) for table, read, rejected in rows}


def write_catalogue(place: Path, books: list[tuple[str, str, str]]) -> None:
    """A catalogue in no known form, with one line that is no row."""
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([("Titel", "Autor", "EAN", SHELF), *((*book, f"Raum {number}") for number, book in enumerate(books))])
        writer.writerow(["a line that is no row"])


def kept_in_bronze(booklake: Booklake, column: str) -> list[str]:
    """What a column of a file that no table knows holds in bronze."""
    return sorted(lake_of(booklake.settings).scan(bronze.BOOKS).select(column).collect()[column].drop_nulls())


def test_a_catalogue_and_three_exports_are_found_and_accounted_for_whole(changing: Booklake, tmp_path: Path) -> None:
    books = some_books()
    shutil.copytree(EXPORTS, tmp_path / "mine")
    write_catalogue(tmp_path / "mine/meine.csv", books)
    changing.load(tmp_path / "mine")
    changing.refresh()
    with asking(changing.settings) as connection:
        by_title = {title: [found.title for found in search_books(connection, title, 3)] for title, _, _ in books}
        by_isbn = {title: [found.title for found in search_books(connection, isbn, 3)] for title, _, isbn in books}
    assert {title: found for title, found in by_title.items() if title not in found} == {}
    assert by_isbn == {title: [title] for title in by_isbn}
    ledger = read_rejected(changing)
    assert ledger.pop("book") == (BOOK_COUNT + 1 + 6, 1)
    assert ledger == {
        "rating": (3, 0),
        "genre": (7, 0),
        "book_genre": (7, 0),
        "user_rating": (0, 0),
        "book_download_link": (0, 0),
    }
    readers = changing.ask("select distinct reader_id from gold.ratings_by_work order by reader_id")
    assert readers == [("rating:reader of goodreads.csv",), ("rating:reader of librarything.tsv",)]
    assert kept_in_bronze(changing, SHELF) == sorted(f"Raum {number}" for number in range(BOOK_COUNT))
    assert kept_in_bronze(changing, "uuid") == ["u-1", "u-2"]
    assert kept_in_bronze(changing, "My Review") == ["So, good"]
