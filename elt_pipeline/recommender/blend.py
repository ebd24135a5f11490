"""One weight for each pair of works from what readers liked and from what the works are; neither is computed here."""

from dataclasses import dataclass

import polars as pl

from elt_pipeline.recommender.models import NEIGHBOURS

RATINGS, CONTENT = "ratings", "content"


@dataclass(frozen=True)
class Blend:
    """How far ratings are trusted, and what a likeness of content is worth beside them."""

    # At so many co-ratings of the less read work of a pair, ratings count half and content half.
    half_trusted_at: float = 5.0
    # What a cosine of 1 adds to a score; the largest weights of EASE are about 0.02 for works of few readers, 0.3 for others.
    content_scale: float = 0.05


def blend(ease: pl.DataFrame, content: pl.DataFrame, evidence: pl.DataFrame, settings: Blend) -> pl.DataFrame:
    """Return the columns of ``gold.SIMILAR_WORKS``: for each work the 128 pairs of the largest amount, ranked by weight.

    ``ease`` has ``work_id``, ``similar_work_id`` and ``ease``; ``content`` the same keys with ``cosine`` and ``shared``;
    ``evidence`` has ``work_id`` and ``co_ratings``, works that are absent have none. A pair's weight is
    trust · ease + (1 - trust) · scale · cosine, trust = n / (n + half_trusted_at), n the smaller co-ratings of the two.
    ``kind`` names the larger part; ``shared`` is null where that is ratings.
    """
    keys = ["work_id", "similar_work_id"]
    pairs = ease.join(content, on=keys, how="full", coalesce=True)
    known = pl.min_horizontal(_co_ratings_of(pairs, evidence, key) for key in keys)
    trust = known / (known + settings.half_trusted_at)
    by_ratings = (trust * pl.col("ease").fill_null(0)).alias("by_ratings")
    by_content = ((1 - trust) * settings.content_scale * pl.col("cosine").fill_null(0)).alias("by_content")
    weighed = pairs.select(*keys, "shared", by_ratings, by_content)
    from_ratings = pl.col("by_ratings").abs() >= pl.col("by_content")
    named = weighed.select(
        *keys,
        pl.when(from_ratings).then(pl.lit(RATINGS)).otherwise(pl.lit(CONTENT)).alias("kind"),
        pl.when(~from_ratings).then("shared").alias("shared"),
        (pl.col("by_ratings") + pl.col("by_content")).round(6).alias("weight"),
    )
    return rank_pairs(named.filter(pl.col("weight") != 0))


def rank_pairs(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the 128 pairs of each work of the largest amounts, with ``similarity_rank``, the highest weight first."""
    by_amount = pairs.sort("work_id", pl.col("weight").abs(), "similar_work_id", descending=[False, True, False])
    kept = by_amount.filter(pl.int_range(pl.len()).over("work_id") < NEIGHBOURS)
    ordered = kept.sort("work_id", "weight", "similar_work_id", descending=[False, True, False])
    rank = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("work_id")
    return ordered.with_columns(rank.alias("similarity_rank"))


def _co_ratings_of(pairs: pl.DataFrame, evidence: pl.DataFrame, key: str) -> pl.Series:
    found = pairs.select(pl.col(key).alias("work_id")).join(evidence, on="work_id", how="left", maintain_order="left")
    return found["co_ratings"].fill_null(0).cast(pl.Float64)
