"""The asset of similar works, computed by Polars, numpy and scipy. The models belong to recommender/."""

import polars as pl

from elt_pipeline.assets.options import lake_asset
from elt_pipeline.contracts import gold
from elt_pipeline.recommender.features import describe
from elt_pipeline.recommender.similar_works import find_similar_works


@lake_asset(
    gold.SIMILAR_WORKS,
    ("numpy", "scipy"),
    works=gold.WORKS,
    authors=gold.AUTHORS,
    work_authors=gold.WORK_AUTHORS,
    genres=gold.GENRES,
    work_genres=gold.WORK_GENRES,
    ratings=gold.RATINGS_BY_WORK,
)
def gold_similar_works(
    works: pl.LazyFrame,
    authors: pl.LazyFrame,
    work_authors: pl.LazyFrame,
    genres: pl.LazyFrame,
    work_genres: pl.LazyFrame,
    ratings: pl.LazyFrame,
) -> pl.LazyFrame:
    """One row per work and similar work. By who liked both, and by what they are where few readers did."""
    return find_similar_works(ratings, works, describe(works, authors, work_authors, genres, work_genres))
