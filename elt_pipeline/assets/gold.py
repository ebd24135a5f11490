"""Gold assets: what consumers may rely on, computed by Spark. Rules of the domain do not belong here."""

from pyspark.sql import DataFrame

from elt_pipeline.assets.options import lake_asset
from elt_pipeline.contracts import bronze, gold, silver
from elt_pipeline.transforms.gold import publish_editions, publish_ratings, publish_works
from elt_pipeline.transforms.ledger import balance_rows


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


@lake_asset(
    gold.ROW_LEDGER,
    raw_books=bronze.BOOKS,
    raw_ratings=bronze.RATINGS,
    raw_user_ratings=bronze.USER_RATINGS,
    load_rejects=bronze.LOAD_REJECTS,
    editions=silver.EDITIONS,
    ratings=silver.RATINGS,
    rejected_rows=silver.REJECTED_ROWS,
    merged_rows=silver.MERGED_ROWS,
)
def gold_row_ledger(
    raw_books: DataFrame,
    raw_ratings: DataFrame,
    raw_user_ratings: DataFrame,
    load_rejects: DataFrame,
    editions: DataFrame,
    ratings: DataFrame,
    rejected_rows: DataFrame,
    merged_rows: DataFrame,
) -> DataFrame:
    """One row per source table, outcome and reason. What came in is what was kept, merged and rejected."""
    return balance_rows(raw_books, raw_ratings, raw_user_ratings, load_rejects, editions, ratings, rejected_rows, merged_rows)
