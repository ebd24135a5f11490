"""Bronze: the source's columns as text, as they came, plus where they came from."""

from elt_pipeline.contracts import source
from elt_pipeline.contracts.table import Column, ColumnType, TableContract, Write

PUBLISH_PARTITIONS = ("unknown", "before_1975", *(str(year) for year in range(1975, 2031)))

PROVENANCE = (
    Column("_source_file", ColumnType.STRING, "The file that the row stood in; null where the source does not say."),
    Column("_source_line", ColumnType.LONG, "The line on which the row began, from 1; null where the source does not say."),
    Column("_ingested_at", ColumnType.TIMESTAMP, "When this content of the row first came into bronze, UTC.", nullable=False),
)


def as_text(table: source.SourceTable) -> tuple[Column, ...]:
    """The source's columns, each as text."""
    return tuple(
        Column(name, ColumnType.STRING, f"`{name}` of the source's `{table.name}`, as it came.") for name in table.columns
    )


BOOKS = TableContract(
    layer="bronze",
    name="books",
    grain="One row per row of the source's `book`.",
    columns=(
        *as_text(source.BOOK),
        *PROVENANCE,
        Column(
            "_publish_partition",
            ColumnType.STRING,
            "The publish year as a fixed partition key; `unknown` where it is none.",
            nullable=False,
        ),
    ),
    write=Write.REPLACE_PARTITIONS,
    partition_column="_publish_partition",
)


def _unpartitioned(name: str, table: source.SourceTable) -> TableContract:
    return TableContract(
        layer="bronze",
        name=name,
        grain=f"One row per row of the source's `{table.name}`.",
        columns=(*as_text(table), *PROVENANCE),
        write=Write.OVERWRITE,
    )


GENRES = _unpartitioned("genres", source.GENRE)
BOOK_GENRES = _unpartitioned("book_genres", source.BOOK_GENRE)
RATINGS = _unpartitioned("ratings", source.RATING)
USER_RATINGS = _unpartitioned("user_ratings", source.USER_RATING)
BOOK_DOWNLOAD_LINKS = _unpartitioned("book_download_links", source.BOOK_DOWNLOAD_LINK)
LOAD_REJECTS = TableContract(
    layer="bronze",
    name="load_rejects",
    grain="One row per line of a loaded file that is no row.",
    columns=(
        Column("reason", ColumnType.STRING, "Why the line is no row.", nullable=False),
        Column("text", ColumnType.STRING, "The line itself."),
        *PROVENANCE,
    ),
    write=Write.OVERWRITE,
)

SOURCE_OF = {
    BOOKS.name: source.BOOK,
    GENRES.name: source.GENRE,
    BOOK_GENRES.name: source.BOOK_GENRE,
    RATINGS.name: source.RATING,
    USER_RATINGS.name: source.USER_RATING,
    BOOK_DOWNLOAD_LINKS.name: source.BOOK_DOWNLOAD_LINK,
    LOAD_REJECTS.name: source.LOAD_REJECT,
}

TABLES = (BOOKS, GENRES, BOOK_GENRES, RATINGS, USER_RATINGS, BOOK_DOWNLOAD_LINKS, LOAD_REJECTS)
BY_NAME = {contract.name: contract for contract in TABLES}
