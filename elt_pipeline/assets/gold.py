"""Gold assets: what consumers may rely on, computed by Spark. Rules of the domain do not belong here."""

import dagster as dg
from pyspark.sql import DataFrame

from elt_pipeline.assets.options import lake_asset_options, lake_input
from elt_pipeline.contracts import bronze, gold, silver
from elt_pipeline.transforms.gold import publish_editions, publish_ratings, publish_works
from elt_pipeline.transforms.ledger import balance_rows

WORKS = {"works": lake_input(silver.WORKS), "editions": lake_input(silver.EDITIONS)}


@dg.asset(
    **lake_asset_options(gold.WORKS),
    ins=WORKS
    | {
        "authors": lake_input(silver.AUTHORS),
        "work_authors": lake_input(silver.WORK_AUTHORS),
        "ratings": lake_input(silver.RATINGS),
    },
)
def gold_works(
    works: DataFrame, editions: DataFrame, authors: DataFrame, work_authors: DataFrame, ratings: DataFrame
) -> DataFrame:
    """One row per work. With its authors as people read them."""
    return publish_works(works, editions, authors, work_authors, ratings)


@dg.asset(**lake_asset_options(gold.EDITIONS), ins=WORKS | {"edition_works": lake_input(silver.EDITION_WORKS)})
def gold_editions(editions: DataFrame, edition_works: DataFrame, works: DataFrame) -> DataFrame:
    """One row per edition. With the work it belongs to."""
    return publish_editions(editions, edition_works, works)


@dg.asset(**lake_asset_options(gold.AUTHORS), ins={"authors": lake_input(silver.AUTHORS)})
def gold_authors(authors: DataFrame) -> DataFrame:
    """One row per author."""
    return authors


@dg.asset(**lake_asset_options(gold.WORK_AUTHORS), ins={"work_authors": lake_input(silver.WORK_AUTHORS)})
def gold_work_authors(work_authors: DataFrame) -> DataFrame:
    """One row per work and author."""
    return work_authors


@dg.asset(**lake_asset_options(gold.RATINGS_BY_WORK), ins={"ratings": lake_input(silver.RATINGS)})
def gold_ratings_by_work(ratings: DataFrame) -> DataFrame:
    """One row per work and reader. Readers of both rating tables."""
    return publish_ratings(ratings)


@dg.asset(
    **lake_asset_options(gold.ROW_LEDGER),
    ins={
        "raw_books": lake_input(bronze.BOOKS),
        "raw_ratings": lake_input(bronze.RATINGS),
        "raw_user_ratings": lake_input(bronze.USER_RATINGS),
        "load_rejects": lake_input(bronze.LOAD_REJECTS),
        "editions": lake_input(silver.EDITIONS),
        "ratings": lake_input(silver.RATINGS),
        "rejected_rows": lake_input(silver.REJECTED_ROWS),
        "merged_rows": lake_input(silver.MERGED_ROWS),
    },
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
