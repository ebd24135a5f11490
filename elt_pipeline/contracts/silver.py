"""Silver: our names and types; every rejected or merged row is on record."""

from elt_pipeline.contracts.table import Column, ColumnType, TableContract, Write

EDITION_ID = Column("edition_id", ColumnType.LONG, "The source's own id of the edition.", nullable=False)
WORK_ID = Column("work_id", ColumnType.LONG, "The smallest edition_id of the work's editions.", nullable=False)
AUTHOR_ID = Column("author_id", ColumnType.LONG, "60 bits of the SHA-256 of the folded name.", nullable=False)
GENRE_ID = Column("genre_id", ColumnType.LONG, "The source's own id of the genre.", nullable=False)
READER_ID = Column("reader_id", ColumnType.STRING, "The reader with the namespace of the source: `rating:2`.", nullable=False)
SOURCE_TABLE = Column("source_table", ColumnType.STRING, "The source's table that the row came from.", nullable=False)
SOURCE_FILE = Column("_source_file", ColumnType.STRING, "The file that the row stood in; null where the source does not say.")
SOURCE_LINE = Column("_source_line", ColumnType.LONG, "The line on which the row began; null where the source does not say.")

EDITION_TEXT = (
    Column("isbn10", ColumnType.STRING, "Check digit verified; null where it could not be repaired or has no 10-digit form."),
    Column("isbn13", ColumnType.STRING, "Check digit verified; null where it could not be repaired."),
    Column("title", ColumnType.STRING, "Title in NFC, series split off, nothing else cut.", nullable=False),
    Column("source_title", ColumnType.STRING, "Title as the source gives it, trimmed and in NFC.", nullable=False),
    Column("series_name", ColumnType.STRING, "Null where the title names no series."),
    Column("series_number", ColumnType.STRING, "The number as printed, `1`, `2.5` or `1-5`; null where there is none."),
    Column("publisher", ColumnType.STRING, "Null where the source gives none."),
    Column("language_code", ColumnType.STRING, "ISO 639-3; null where the source gives none or one that is not known."),
    Column("description", ColumnType.STRING, "Null where the source gives none."),
)
STAR_COUNTS = tuple(
    Column(f"{word}_star_count", ColumnType.LONG, f"How many readers gave {word} stars; null where the source gives no count.")
    for word in ("five", "four", "three", "two", "one")
)
AVERAGE_STARS = Column("average_stars", ColumnType.STARS, "1 to 5, half up to hundredths; null where nobody has rated.")

EDITIONS = TableContract(
    layer="silver",
    name="editions",
    grain="One row per edition.",
    primary_key=("edition_id",),
    write=Write.MERGE,
    columns=(
        EDITION_ID,
        *EDITION_TEXT,
        Column(
            "authors", ColumnType.STRING, "The names in the source's order, cleaned, joined by ` / `; null where there is none."
        ),
        Column(
            "issues",
            ColumnType.STRING,
            "Codes of what could not be repaired, sorted, joined by a space; empty where nothing.",
            nullable=False,
        ),
        Column("page_count", ColumnType.INTEGER, "Null where the source gives none or an impossible one."),
        Column("publish_year", ColumnType.INTEGER, "Negative before the common era; null where the source gives none."),
        *STAR_COUNTS,
        Column("rating_count", ColumnType.LONG, "All ratings by the source's count; null where it gives none."),
        Column("review_count", ColumnType.LONG, "Reviews by the source's count; null where it gives none."),
        AVERAGE_STARS,
        Column("publish_date", ColumnType.DATE, "Null unless year, month and day make a date from year 1 to 9999."),
    ),
)

EDITION_WORKS = TableContract(
    layer="silver",
    name="edition_works",
    grain="One row per edition.",
    primary_key=("edition_id",),
    write=Write.MERGE,
    columns=(
        EDITION_ID,
        WORK_ID,
        Column("rule", ColumnType.STRING, "The rule that put the edition into its work.", nullable=False),
        Column("evidence", ColumnType.STRING, "What the rule compared, in the form it compared.", nullable=False),
    ),
)

WORK_TEXT = (
    Column("title", ColumnType.STRING, "The best edition's title, with the capitals that most editions give it.", nullable=False),
    Column("series_name", ColumnType.STRING, "Of the best edition that names one; null where none does."),
    Column("series_number", ColumnType.STRING, "Of the same edition as series_name; null where none does."),
    Column("language_code", ColumnType.STRING, "Of the best edition, ISO 639-3; null where it has none."),
    Column("description", ColumnType.STRING, "Of the best edition that has one; null where none has."),
)
WORK_NUMBERS = (
    Column("first_publish_year", ColumnType.INTEGER, "The earliest publish year of its editions; null where none has one."),
    Column("edition_count", ColumnType.INTEGER, "How many editions the work has.", nullable=False),
    Column("rating_count", ColumnType.LONG, "Sum of its editions' counts; 0 where none has one.", nullable=False),
    AVERAGE_STARS,
)
BEST_EDITION_ID = Column(
    "best_edition_id", ColumnType.LONG, "The edition that stands for the work: the most rated one.", nullable=False
)

WORKS = TableContract(
    layer="silver",
    name="works",
    grain="One row per work.",
    primary_key=("work_id",),
    write=Write.MERGE,
    columns=(WORK_ID, BEST_EDITION_ID, *WORK_TEXT, *WORK_NUMBERS),
)

AUTHORS = TableContract(
    layer="silver",
    name="authors",
    grain="One row per author.",
    primary_key=("author_id",),
    write=Write.MERGE,
    columns=(
        AUTHOR_ID,
        Column("name", ColumnType.STRING, "The most frequent spelling among the editions.", nullable=False),
        Column(
            "folded_name",
            ColumnType.STRING,
            "The name folded for comparison: case, accents and punctuation aside.",
            nullable=False,
        ),
    ),
)

WORK_AUTHORS = TableContract(
    layer="silver",
    name="work_authors",
    grain="One row per work and author.",
    primary_key=("work_id", "author_id"),
    write=Write.MERGE,
    columns=(
        WORK_ID,
        AUTHOR_ID,
        Column("author_position", ColumnType.INTEGER, "From 1, in the order of the work's editions.", nullable=False),
    ),
)

GENRES = TableContract(
    layer="silver",
    name="genres",
    grain="One row per genre.",
    primary_key=("genre_id",),
    write=Write.MERGE,
    columns=(GENRE_ID, Column("name", ColumnType.STRING, "The genre's name, trimmed and in NFC.", nullable=False)),
)

WORK_GENRES = TableContract(
    layer="silver",
    name="work_genres",
    grain="One row per work and genre.",
    primary_key=("work_id", "genre_id"),
    write=Write.MERGE,
    columns=(WORK_ID, GENRE_ID),
)

RATINGS = TableContract(
    layer="silver",
    name="ratings",
    grain="One row per reader and work.",
    primary_key=("reader_id", "work_id"),
    write=Write.MERGE,
    columns=(
        READER_ID,
        WORK_ID,
        SOURCE_TABLE,
        Column("stars", ColumnType.INTEGER, "1 to 5, the highest that the reader gave to the work.", nullable=False),
    ),
)

DOWNLOAD_LINKS = TableContract(
    layer="silver",
    name="download_links",
    grain="One row per edition and link.",
    primary_key=("edition_id", "url"),
    write=Write.MERGE,
    columns=(EDITION_ID, Column("url", ColumnType.STRING, "The link, trimmed.", nullable=False)),
)

SOURCE_ROW = Column(
    "source_row", ColumnType.STRING, "The row itself: JSON of the source's columns, nulls left out.", nullable=False
)

REJECTED_ROWS = TableContract(
    layer="silver",
    name="rejected_rows",
    grain="One row per source row that is not taken.",
    primary_key=("rejected_row_id",),
    write=Write.MERGE,
    columns=(
        Column(
            "rejected_row_id",
            ColumnType.STRING,
            "SHA-256 of table, file, reason and row, and the count of rows equal in these.",
            nullable=False,
        ),
        SOURCE_TABLE,
        Column("source_key", ColumnType.STRING, "The row's key in the source, parts joined by `/`; null where it has none."),
        Column("rejection_reason", ColumnType.STRING, "The first rule that the row breaks.", nullable=False),
        SOURCE_ROW,
        SOURCE_FILE,
        SOURCE_LINE,
    ),
)

MERGED_ROWS = TableContract(
    layer="silver",
    name="merged_rows",
    grain="One row per source row that was merged into another.",
    primary_key=("merged_row_id",),
    write=Write.MERGE,
    columns=(
        Column(
            "merged_row_id",
            ColumnType.STRING,
            "SHA-256 of table, file, rule and row, and the count of rows equal in these.",
            nullable=False,
        ),
        SOURCE_TABLE,
        Column("source_key", ColumnType.STRING, "The merged row's key in the source, parts joined by `/`.", nullable=False),
        Column("into_key", ColumnType.STRING, "The key of the row that stayed, in our ids, parts joined by `/`.", nullable=False),
        Column("rule", ColumnType.STRING, "The rule that merged them.", nullable=False),
        SOURCE_ROW,
        SOURCE_FILE,
        SOURCE_LINE,
    ),
)

TABLES = (
    EDITIONS,
    WORKS,
    EDITION_WORKS,
    AUTHORS,
    WORK_AUTHORS,
    GENRES,
    WORK_GENRES,
    RATINGS,
    DOWNLOAD_LINKS,
    REJECTED_ROWS,
    MERGED_ROWS,
)
