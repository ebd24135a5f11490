"""The tables of the source database: the format of the public Kaggle set, every column text.

How they are filled belongs to dataset/, how they are read to sources/.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SourceTable:
    """A source table, its columns as the format spells them, and the prefix of the files that hold its rows."""

    name: str
    columns: tuple[str, ...]
    file_prefix: str


BOOK = SourceTable(
    "book",
    (
        "Id",
        "Name",
        "Authors",
        "ISBN",
        "Rating",
        "PublishYear",
        "PublishMonth",
        "PublishDay",
        "Publisher",
        "RatingDist5",
        "RatingDist4",
        "RatingDist3",
        "RatingDist2",
        "RatingDist1",
        "RatingDistTotal",
        "CountsOfReview",
        "Language",
        "pagesNumber",
        "Description",
        "Count of text reviews",
    ),
    "book",
)
GENRE = SourceTable("genre", ("Id", "Name"), "genre")
BOOK_GENRE = SourceTable("book_genre", ("BookISBN", "GenreId"), "book_genre")
RATING = SourceTable("rating", ("UserId", "BookId", "Rating"), "rating")
USER_RATING = SourceTable("user_rating", ("ID", "Name", "Rating"), "user_rating")
BOOK_DOWNLOAD_LINK = SourceTable("book_download_link", ("BookISBN", "Link"), "book_download_link")

FILE_TABLES = (BOOK, GENRE, BOOK_GENRE, RATING, USER_RATING, BOOK_DOWNLOAD_LINK)

# Filled by the loader beside the tables above: lines that are no rows.
LOAD_REJECT = SourceTable("load_reject", ("file", "line", "reason", "text"), "")

# Its presence says that our loader filled the source; one row per file that was loaded, in the column `file`, all with the id of
# that load, and as a JSON list the columns beside the format's whose cells were read into others.
LOAD_MARKER, LOAD_ID, USED_COLUMNS = "booklake_load", "load_id", "used_columns"

# What our loader adds to each table of FILE_TABLES: the file a row stood in and the line on which it began, from 1.
SOURCE_FILE, SOURCE_LINE = "SourceFile", "SourceLine"


def table_of_file(file_name: str) -> SourceTable | None:
    """The table whose rows a file holds, by the longest prefix of its name; None where it is none of ours."""
    stem = file_name.lower()
    fitting = [table for table in FILE_TABLES if stem.startswith(table.file_prefix)]
    return max(fitting, key=lambda table: len(table.file_prefix), default=None)
