"""Bronze assets: the source's tables as they came, read and written by Polars. Rules of the domain do not belong here."""

import polars as pl

from elt_pipeline.assets.options import source_asset
from elt_pipeline.contracts import bronze
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.transforms.publish_partitions import with_publish_partition


@source_asset(bronze.BOOKS)
def bronze_books(source: SourceDatabase) -> pl.LazyFrame:
    """One row per row of the source's `book`. Partitioned by publish year; a year can be refreshed alone."""
    return with_publish_partition(source.rows(bronze.BOOKS))


@source_asset(bronze.RATINGS)
def bronze_ratings(source: SourceDatabase) -> pl.LazyFrame:
    """One row per row of the source's `rating`."""
    return source.rows(bronze.RATINGS)


@source_asset(bronze.USER_RATINGS)
def bronze_user_ratings(source: SourceDatabase) -> pl.LazyFrame:
    """One row per row of the source's `user_rating`."""
    return source.rows(bronze.USER_RATINGS)


@source_asset(bronze.GENRES)
def bronze_genres(source: SourceDatabase) -> pl.LazyFrame:
    """One row per row of the source's `genre`."""
    return source.rows(bronze.GENRES)


@source_asset(bronze.BOOK_GENRES)
def bronze_book_genres(source: SourceDatabase) -> pl.LazyFrame:
    """One row per row of the source's `book_genre`."""
    return source.rows(bronze.BOOK_GENRES)


@source_asset(bronze.BOOK_DOWNLOAD_LINKS)
def bronze_book_download_links(source: SourceDatabase) -> pl.LazyFrame:
    """One row per row of the source's `book_download_link`."""
    return source.rows(bronze.BOOK_DOWNLOAD_LINKS)


@source_asset(bronze.LOAD_REJECTS)
def bronze_load_rejects(source: SourceDatabase) -> pl.LazyFrame:
    """One row per line of a loaded file that is no row."""
    return source.rows(bronze.LOAD_REJECTS)
