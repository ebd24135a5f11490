"""Gold: what consumers may rely on, in the lake and in Postgres."""

from dataclasses import replace

from elt_pipeline.contracts import silver
from elt_pipeline.contracts.table import Column, ColumnType, TableContract, Write

ISBN13 = Column("isbn13", ColumnType.STRING, "Of the best edition; null where it has none.")
READER_COUNT = Column("reader_count", ColumnType.LONG, "How many readers' own ratings stand in ratings_by_work.", nullable=False)

WORKS = TableContract(
    layer="gold",
    name="works",
    grain="One row per work.",
    primary_key=("work_id",),
    write=Write.MERGE,
    columns=(
        silver.WORK_ID,
        silver.BEST_EDITION_ID,
        *silver.WORK_TEXT,
        Column("authors", ColumnType.STRING, "The authors' names in order, joined by a comma; null where there is none."),
        ISBN13,
        *silver.WORK_NUMBERS,
        READER_COUNT,
    ),
)

EDITIONS = TableContract(
    layer="gold",
    name="editions",
    grain="One row per edition.",
    primary_key=("edition_id",),
    write=Write.MERGE,
    columns=(
        silver.EDITION_ID,
        silver.WORK_ID,
        *silver.EDITION_TEXT,
        Column("page_count", ColumnType.INTEGER, "Null where the source gives none or an impossible one."),
        Column("publish_year", ColumnType.INTEGER, "Negative before the common era; null where the source gives none."),
        Column("rating_count", ColumnType.LONG, "All ratings by the source's count; null where it gives none."),
        silver.AVERAGE_STARS,
        Column("is_best_edition", ColumnType.BOOLEAN, "Whether this edition stands for its work.", nullable=False),
        Column("grouping_rule", ColumnType.STRING, "The rule that put the edition into its work.", nullable=False),
        Column("grouping_evidence", ColumnType.STRING, "What the rule compared, in the form it compared.", nullable=False),
        Column("publish_date", ColumnType.DATE, "Null unless year, month and day make a date from year 1 to 9999."),
    ),
)

AUTHORS = replace(silver.AUTHORS, layer="gold")
WORK_AUTHORS = replace(silver.WORK_AUTHORS, layer="gold")
GENRES = replace(silver.GENRES, layer="gold")
WORK_GENRES = replace(silver.WORK_GENRES, layer="gold")
DOWNLOAD_LINKS = replace(silver.DOWNLOAD_LINKS, layer="gold")

RATINGS_BY_WORK = TableContract(
    layer="gold",
    name="ratings_by_work",
    grain="One row per work and reader.",
    primary_key=("work_id", "reader_id"),
    write=Write.MERGE,
    columns=(
        silver.WORK_ID,
        silver.READER_ID,
        Column("stars", ColumnType.INTEGER, "1 to 5, the highest that the reader gave to the work.", nullable=False),
    ),
)

SIMILAR_WORKS = TableContract(
    layer="gold",
    name="similar_works",
    grain="One row per work and similar work.",
    primary_key=("work_id", "similar_work_id"),
    write=Write.OVERWRITE,
    columns=(
        silver.WORK_ID,
        Column("similar_work_id", ColumnType.LONG, "The work that resembles it.", nullable=False),
        Column(
            "kind", ColumnType.STRING, "What the larger part of the weight comes from: `ratings` or `content`.", nullable=False
        ),
        Column(
            "shared",
            ColumnType.STRING,
            "What a likeness of content rests on most, such as `author Jane Austen, genre classic`; null for ratings.",
        ),
        Column("similarity_rank", ColumnType.INTEGER, "From 1, the most similar first.", nullable=False),
        Column("weight", ColumnType.WEIGHT, "What it adds to a candidate's score; of either sign.", nullable=False),
    ),
)

ROW_LEDGER = TableContract(
    layer="gold",
    name="row_ledger",
    grain="One row per source table, outcome and reason.",
    primary_key=("source_table", "outcome", "reason"),
    write=Write.MERGE,
    columns=(
        silver.SOURCE_TABLE,
        Column("outcome", ColumnType.STRING, "`read`, `kept`, `merged` or `rejected`.", nullable=False),
        Column(
            "reason",
            ColumnType.STRING,
            "The merging rule or the rejection's reason; empty for `read` and `kept`.",
            nullable=False,
        ),
        Column("row_count", ColumnType.LONG, "How many of the source's rows.", nullable=False),
    ),
)

LEDGER_ROWS = TableContract(
    layer="gold",
    name="ledger_rows",
    grain="One row per source row behind a number of the ledger, at most 1,000 of each table, outcome and reason.",
    primary_key=("ledger_row_id",),
    write=Write.MERGE,
    columns=(
        Column("ledger_row_id", ColumnType.STRING, "The id of the rejected or merged row.", nullable=False),
        silver.SOURCE_TABLE,
        Column("outcome", ColumnType.STRING, "`merged` or `rejected`.", nullable=False),
        Column("reason", ColumnType.STRING, "The merging rule or the rejection's reason.", nullable=False),
        Column("source_key", ColumnType.STRING, "The row's key in the source, parts joined by `/`; null where it has none."),
        Column("into_key", ColumnType.STRING, "The key of what it was merged into; null where it was rejected."),
        silver.SOURCE_ROW,
        silver.SOURCE_FILE,
        silver.SOURCE_LINE,
    ),
)

TABLES = (
    WORKS,
    EDITIONS,
    AUTHORS,
    WORK_AUTHORS,
    GENRES,
    WORK_GENRES,
    RATINGS_BY_WORK,
    DOWNLOAD_LINKS,
    SIMILAR_WORKS,
    ROW_LEDGER,
    LEDGER_ROWS,
)
