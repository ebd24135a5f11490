"""Bronze assets: the source's tables as they came, read and written by Polars. Rules of the domain do not belong here."""

import dagster as dg
import polars as pl

from elt_pipeline.assets.options import lake_asset
from elt_pipeline.contracts import bronze
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.transforms.publish_partitions import with_publish_partition


@lake_asset(bronze.BOOKS)
def bronze_books(source: dg.ResourceParam[SourceDatabase]) -> pl.LazyFrame:
    """One row per row of the source's `book`. Partitioned by publish year; a year can be refreshed alone."""
    return with_publish_partition(source.rows(bronze.BOOKS))


@lake_asset(bronze.RATINGS)
def bronze_ratings(source: dg.ResourceParam[SourceDatabase]) -> pl.LazyFrame:
    """One row per row of the source's `rating`."""
    return source.rows(bronze.RATINGS)


@lake_asset(bronze.USER_RATINGS)
def bronze_user_ratings(source: dg.ResourceParam[SourceDatabase]) -> pl.LazyFrame:
    """One row per row of the source's `user_rating`."""
    return source.rows(bronze.USER_RATINGS)


@lake_asset(bronze.LOAD_REJECTS)
def bronze_load_rejects(source: dg.ResourceParam[SourceDatabase]) -> pl.LazyFrame:
    """One row per line of a loaded file that is no row."""
    return source.rows(bronze.LOAD_REJECTS)
