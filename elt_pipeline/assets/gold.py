"""Gold assets: what consumers may rely on, computed by Spark. Rules of the domain do not belong here."""

from pyspark.sql import DataFrame

from elt_pipeline.assets.options import lake_asset
from elt_pipeline.contracts import bronze, gold, silver
from elt_pipeline.transforms.gold import publish_editions, publish_ratings, publish_works
from elt_pipeline.transforms.ledger import KeptTables, balance_rows, sample_rows
from elt_pipeline.transforms.raw_tables import RawTables


@lake_asset(
    gold.WORKS,
    works=silver.WORKS,
    editions=silver.EDITIONS,
    authors=silver.AUTHORS,
    work_authors=silver.WORK_AUTHORS,
    ratings=silver.RATINGS,
)
def gold_works(
    works: DataFrame, editions: DataFrame, authors: DataFrame, work_authors: DataFrame, ratings: DataFrame
) -> DataFrame:
    """One row per work. With its authors as people read them."""
    return publish_works(works, editions, authors, work_authors, ratings)


@lake_asset(gold.EDITIONS, editions=silver.EDITIONS, edition_works=silver.EDITION_WORKS, works=silver.WORKS)
def gold_editions(editions: DataFrame, edition_works: DataFrame, works: DataFrame) -> DataFrame:
    """One row per edition. With the work it belongs to."""
    return publish_editions(editions, edition_works, works)


@lake_asset(gold.AUTHORS, authors=silver.AUTHORS)
def gold_authors(authors: DataFrame) -> DataFrame:
    """One row per author."""
    return authors


@lake_asset(gold.WORK_AUTHORS, work_authors=silver.WORK_AUTHORS)
def gold_work_authors(work_authors: DataFrame) -> DataFrame:
    """One row per work and author."""
    return work_authors


@lake_asset(gold.RATINGS_BY_WORK, ratings=silver.RATINGS)
def gold_ratings_by_work(ratings: DataFrame) -> DataFrame:
    """One row per work and reader. Readers of both rating tables."""
    return publish_ratings(ratings)


@lake_asset(gold.GENRES, genres=silver.GENRES)
def gold_genres(genres: DataFrame) -> DataFrame:
    """One row per genre."""
    return genres


@lake_asset(gold.WORK_GENRES, work_genres=silver.WORK_GENRES)
def gold_work_genres(work_genres: DataFrame) -> DataFrame:
    """One row per work and genre."""
    return work_genres


@lake_asset(gold.DOWNLOAD_LINKS, download_links=silver.DOWNLOAD_LINKS)
def gold_download_links(download_links: DataFrame) -> DataFrame:
    """One row per edition and link."""
    return download_links


@lake_asset(
    gold.ROW_LEDGER,
    kept_editions=silver.EDITIONS,
    kept_genres=silver.GENRES,
    kept_work_genres=silver.WORK_GENRES,
    kept_ratings=silver.RATINGS,
    kept_download_links=silver.DOWNLOAD_LINKS,
    rejected_rows=silver.REJECTED_ROWS,
    merged_rows=silver.MERGED_ROWS,
    **bronze.BY_NAME,
)
def gold_row_ledger(
    kept_editions: DataFrame,
    kept_genres: DataFrame,
    kept_work_genres: DataFrame,
    kept_ratings: DataFrame,
    kept_download_links: DataFrame,
    rejected_rows: DataFrame,
    merged_rows: DataFrame,
    **raw_tables: DataFrame,
) -> DataFrame:
    """One row per source table, outcome and reason. What came in is what was kept, merged and rejected."""
    kept = KeptTables(kept_editions, kept_genres, kept_work_genres, kept_ratings, kept_download_links)
    return balance_rows(RawTables(**raw_tables), kept, rejected_rows, merged_rows)


@lake_asset(gold.LEDGER_ROWS, rejected_rows=silver.REJECTED_ROWS, merged_rows=silver.MERGED_ROWS)
def gold_ledger_rows(rejected_rows: DataFrame, merged_rows: DataFrame) -> DataFrame:
    """One row per source row behind a number of the ledger, at most 1,000 of each table, outcome and reason."""
    return sample_rows(rejected_rows, merged_rows)
