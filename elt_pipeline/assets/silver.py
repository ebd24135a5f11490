"""Silver assets: our names and types, computed by Spark. Rules of the domain do not belong here."""

import dagster as dg
from pyspark.sql import DataFrame

from elt_pipeline.assets.options import lake_asset_options, lake_input
from elt_pipeline.contracts import bronze, silver
from elt_pipeline.transforms.authors import list_authors, list_work_authors
from elt_pipeline.transforms.editions import clean_editions
from elt_pipeline.transforms.ratings import clean_ratings
from elt_pipeline.transforms.records import merge_rows, reject_rows
from elt_pipeline.transforms.works import describe_works, group_editions

RAW_BOOKS = {"raw_books": lake_input(bronze.BOOKS)}
RAW_RATINGS = {"raw_ratings": lake_input(bronze.RATINGS), "raw_user_ratings": lake_input(bronze.USER_RATINGS)}
GROUPED = {"editions": lake_input(silver.EDITIONS), "edition_works": lake_input(silver.EDITION_WORKS)}


@dg.asset(**lake_asset_options(silver.EDITIONS), ins=RAW_BOOKS)
def silver_editions(raw_books: DataFrame) -> DataFrame:
    """One row per edition. Books that are not taken are in silver.rejected_rows."""
    return clean_editions(raw_books)


@dg.asset(**lake_asset_options(silver.EDITION_WORKS), ins={"editions": lake_input(silver.EDITIONS)})
def silver_edition_works(editions: DataFrame) -> DataFrame:
    """One row per edition. Which work it belongs to, by which rule and evidence."""
    return group_editions(editions)


@dg.asset(**lake_asset_options(silver.WORKS), ins=GROUPED)
def silver_works(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """One row per work. What a reader calls a book, whatever its editions."""
    return describe_works(editions, edition_works)


@dg.asset(**lake_asset_options(silver.AUTHORS), ins={"editions": lake_input(silver.EDITIONS)})
def silver_authors(editions: DataFrame) -> DataFrame:
    """One row per author. Spellings that fold to the same name are one author."""
    return list_authors(editions)


@dg.asset(**lake_asset_options(silver.WORK_AUTHORS), ins=GROUPED)
def silver_work_authors(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """One row per work and author. In the order in which the editions name them."""
    return list_work_authors(editions, edition_works)


@dg.asset(**lake_asset_options(silver.RATINGS), ins=RAW_RATINGS | GROUPED)
def silver_ratings(
    raw_ratings: DataFrame, raw_user_ratings: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """One row per reader and work. From both rating tables; the highest of several stays."""
    return clean_ratings(raw_ratings, raw_user_ratings, editions, edition_works)


@dg.asset(
    **lake_asset_options(silver.REJECTED_ROWS),
    ins=RAW_BOOKS | RAW_RATINGS | GROUPED | {"load_rejects": lake_input(bronze.LOAD_REJECTS)},
)
def silver_rejected_rows(
    load_rejects: DataFrame,
    raw_books: DataFrame,
    raw_ratings: DataFrame,
    raw_user_ratings: DataFrame,
    editions: DataFrame,
    edition_works: DataFrame,
) -> DataFrame:
    """One row per source row that is not taken. With its reason and the row itself."""
    return reject_rows(load_rejects, raw_books, raw_ratings, raw_user_ratings, editions, edition_works)


@dg.asset(**lake_asset_options(silver.MERGED_ROWS), ins=RAW_BOOKS | RAW_RATINGS | GROUPED)
def silver_merged_rows(
    raw_books: DataFrame, raw_ratings: DataFrame, raw_user_ratings: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """One row per source row that was merged into another. With the rule and the row itself."""
    return merge_rows(raw_books, raw_ratings, raw_user_ratings, editions, edition_works)
