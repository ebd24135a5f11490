"""The publish year as a partition key of bronze. In Polars, since Polars writes bronze; no other rule belongs here."""

import polars as pl

from elt_pipeline.contracts.bronze import PUBLISH_PARTITIONS

FIRST_YEAR = int(PUBLISH_PARTITIONS[2])
LAST_YEAR = int(PUBLISH_PARTITIONS[-1])


def with_publish_partition(raw_books: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``_publish_partition``, one of ``PUBLISH_PARTITIONS``, from the text in ``PublishYear``; never null.

    Years before 1975, those before the common era too, are one partition; a text that is no year, and a year after the last
    partition, are ``unknown``.
    """
    year = pl.col("PublishYear").str.strip_chars().cast(pl.Int64, strict=False)
    partition = (
        pl.when(year < FIRST_YEAR)
        .then(pl.lit("before_1975"))
        .when(year <= LAST_YEAR)
        .then(year.cast(pl.String))
        .otherwise(pl.lit("unknown"))
    )
    return raw_books.with_columns(_publish_partition=partition)
