"""Silver assets: our names and types, computed by Spark. Rules of the domain do not belong here."""

from pyspark.sql import DataFrame

from elt_pipeline.assets.options import lake_asset
from elt_pipeline.contracts import bronze, silver
from elt_pipeline.transforms.authors import list_authors, list_work_authors
from elt_pipeline.transforms.edition_works import group_editions
from elt_pipeline.transforms.editions import clean_editions
from elt_pipeline.transforms.genres import clean_genres, clean_work_genres
from elt_pipeline.transforms.links import clean_download_links
from elt_pipeline.transforms.ratings import clean_ratings
from elt_pipeline.transforms.raw_tables import RawTables
from elt_pipeline.transforms.records import merge_rows, reject_rows
from elt_pipeline.transforms.works import describe_works

RAW_RATINGS = {"raw_ratings": bronze.RATINGS, "raw_user_ratings": bronze.USER_RATINGS}
GROUPED = {"editions": silver.EDITIONS, "edition_works": silver.EDITION_WORKS}


@lake_asset(silver.EDITIONS, raw_books=bronze.BOOKS)
def silver_editions(raw_books: DataFrame) -> DataFrame:
    """One row per edition. Books that are not taken are in silver.rejected_rows."""
    return clean_editions(raw_books)


@lake_asset(silver.EDITION_WORKS, editions=silver.EDITIONS)
def silver_edition_works(editions: DataFrame) -> DataFrame:
    """One row per edition. Which work it belongs to, by which rule and evidence."""
    return group_editions(editions)


@lake_asset(silver.WORKS, **GROUPED)
def silver_works(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """One row per work. What a reader calls a book, whatever its editions."""
    return describe_works(editions, edition_works)


@lake_asset(silver.AUTHORS, editions=silver.EDITIONS)
def silver_authors(editions: DataFrame) -> DataFrame:
    """One row per author. Spellings that fold to the same name are one author."""
    return list_authors(editions)


@lake_asset(silver.WORK_AUTHORS, **GROUPED)
def silver_work_authors(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """One row per work and author. In the order in which the editions name them."""
    return list_work_authors(editions, edition_works)


@lake_asset(silver.RATINGS, **RAW_RATINGS, **GROUPED)
def silver_ratings(
    raw_ratings: DataFrame, raw_user_ratings: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """One row per reader and work. From both rating tables; the highest of several stays."""
    return clean_ratings(raw_ratings, raw_user_ratings, editions, edition_works)


@lake_asset(silver.GENRES, raw_genres=bronze.GENRES)
def silver_genres(raw_genres: DataFrame) -> DataFrame:
    """One row per genre. Names that differ in case and punctuation alone are one genre."""
    return clean_genres(raw_genres)


@lake_asset(silver.WORK_GENRES, raw_book_genres=bronze.BOOK_GENRES, raw_genres=bronze.GENRES, **GROUPED)
def silver_work_genres(
    raw_book_genres: DataFrame, raw_genres: DataFrame, editions: DataFrame, edition_works: DataFrame
) -> DataFrame:
    """One row per work and genre. A work has the genres of all its editions."""
    return clean_work_genres(raw_book_genres, raw_genres, editions, edition_works)


@lake_asset(silver.DOWNLOAD_LINKS, raw_links=bronze.BOOK_DOWNLOAD_LINKS, editions=silver.EDITIONS)
def silver_download_links(raw_links: DataFrame, editions: DataFrame) -> DataFrame:
    """One row per edition and link. Web addresses only."""
    return clean_download_links(raw_links, editions)


@lake_asset(silver.REJECTED_ROWS, **bronze.BY_NAME, **GROUPED)
def silver_rejected_rows(editions: DataFrame, edition_works: DataFrame, **raw_tables: DataFrame) -> DataFrame:
    """One row per source row that is not taken. With its reason, and the row itself."""
    return reject_rows(RawTables(**raw_tables), editions, edition_works)


@lake_asset(silver.MERGED_ROWS, **bronze.BY_NAME, **GROUPED)
def silver_merged_rows(editions: DataFrame, edition_works: DataFrame, **raw_tables: DataFrame) -> DataFrame:
    """One row per source row that was merged into another. With the rule, and what it was merged into."""
    return merge_rows(RawTables(**raw_tables), editions, edition_works)
