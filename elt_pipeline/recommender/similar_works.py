"""Gold's table of similar works: fitted, tuned and blended from gold's other tables. Each model is in a module of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

from elt_pipeline.contracts.gold import SIMILAR_WORKS
from elt_pipeline.recommender.baselines import popularity
from elt_pipeline.recommender.blend import Blend, blend
from elt_pipeline.recommender.content import neighbours, vectorise
from elt_pipeline.recommender.ease import co_likes, ease_weights, strongest
from elt_pipeline.recommender.evaluation import judge
from elt_pipeline.recommender.held_out import HeldOut, held_out_readers, model_of
from elt_pipeline.recommender.likes import TEST_LOTS, VALIDATION_LOTS, Likes, likes_from
from elt_pipeline.recommender.models import L2_GRID, NEIGHBOURS

LIKED_FROM_STARS = 4
# Works that fewer readers liked beside another are left to content.
LEAST_CO_RATINGS = 5
# 3.2 GB while they are fitted, 8 bytes for each pair.
MOST_WORKS = 20_000
# l2 is chosen on the works that are liked most, where a fit takes a second.
MOST_WORKS_TO_TUNE = 4_000
SCALE_GRID = (0.01, 0.02, 0.05, 0.1, 0.2)
# What content may cost in nDCG@100 on validation readers: 0.5 % of the best.
LEAST_KEPT_SHARE = 0.995
LEAST_READERS_TO_TUNE = 20
PAIR = ("work_id", "similar_work_id")


@dataclass(frozen=True)
class Settings:
    """What is chosen on validation readers; the defaults stand where there are fewer than 20 of them."""

    l2: float = 200.0
    blend: Blend = field(default_factory=Blend)


def find_similar_works(ratings: pl.LazyFrame, works: pl.LazyFrame, features: pl.LazyFrame) -> pl.LazyFrame:
    """Return the rows of ``gold.SIMILAR_WORKS`` from ``gold.ratings_by_work``, the ids of ``gold.works`` and their features.

    Readers of the test lots are never fitted on, those of the validation lots only once the settings are chosen.
    The same rows in any order give the same table.
    """
    likes = likes_from(ratings.select("reader_id", "work_id", "stars").collect(), LIKED_FROM_STARS)
    work_ids = works.select("work_id").collect().to_series()
    content = neighbours(vectorise(work_ids, features.collect()))
    training = likes.of_readers(~likes.in_lots(TEST_LOTS | VALIDATION_LOTS))
    settings = choose_settings(training, held_out_readers(likes, VALIDATION_LOTS, work_ids), content)
    similar = similar_by(likes.of_readers(~likes.in_lots(TEST_LOTS)), content, settings)
    return similar.select(SIMILAR_WORKS.column_names).lazy()


def choose_settings(training: Likes, validation: HeldOut, content: pl.DataFrame) -> Settings:
    """Return the l2 of the highest nDCG@100, and the largest scale of content that costs no more than 0.5 % of it."""
    settings = Settings()
    if len(validation.reader_ids) < LEAST_READERS_TO_TUNE:
        return settings
    most_liked = with_most_liked(training, MOST_WORKS_TO_TUNE)
    by_l2 = [_reached(ease_pairs(most_liked, l2), "ease", validation) for l2 in L2_GRID]
    settings = replace(settings, l2=L2_GRID[int(np.argmax(by_l2))])
    ease, evidence = ease_pairs(training, settings.l2), co_ratings(training)
    scales = [replace(settings.blend, content_scale=scale) for scale in SCALE_GRID]
    return replace(settings, blend=scales[_largest_good_scale(ease, evidence, content, scales, validation)])


def similar_by(likes: Likes, content: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return the table for these likes, content neighbours and settings."""
    return blend(ease_pairs(likes, settings.l2), content, co_ratings(likes), settings.blend)


def co_ratings(likes: Likes) -> pl.DataFrame:
    """Return ``work_id`` and ``co_ratings``: how many readers liked the work and another one."""
    return pl.DataFrame({"work_id": likes.work_ids, "co_ratings": _co_ratings(likes.matrix)})


def ease_pairs(likes: Likes, l2: float) -> pl.DataFrame:
    """Return ``work_id``, ``similar_work_id`` and ``ease`` of the pairs of works with five co-ratings at least.

    In a catalogue with more than 20,000 such works, those with the most likes are fitted.
    """
    warm = likes.of_works(_co_ratings(likes.matrix) >= LEAST_CO_RATINGS)
    fitted = with_most_liked(warm, MOST_WORKS)
    kept = strongest(ease_weights(co_likes(fitted.matrix), l2), NEIGHBOURS).tocoo()
    ids = fitted.work_ids
    return pl.DataFrame({PAIR[0]: ids[kept.row], PAIR[1]: ids[kept.col], "ease": kept.data})


def with_most_liked(likes: Likes, most: int) -> Likes:
    """Return the likes of the works that most readers liked; of equal ones the earlier."""
    counts = popularity(likes.matrix)
    chosen = np.zeros(len(counts), dtype=np.bool_)
    chosen[np.lexsort((np.arange(len(counts)), -counts))[:most]] = True
    return likes.of_works(chosen)


def _co_ratings(liked: csr_array) -> NDArray[np.int64]:
    several = liked[np.flatnonzero(np.diff(liked.indptr) > 1)]
    return popularity(several).astype(np.int64)


def _largest_good_scale(
    ease: pl.DataFrame, evidence: pl.DataFrame, content: pl.DataFrame, scales: Sequence[Blend], validation: HeldOut
) -> int:
    reached = [_reached(blend(ease, content, evidence, scale), "weight", validation) for scale in scales]
    return max(place for place, value in enumerate(reached) if value >= max(reached) * LEAST_KEPT_SHARE)


def _reached(pairs: pl.DataFrame, column: str, validation: HeldOut) -> float:
    return float(np.mean(judge(model_of(pairs, column, validation), validation.judged)["ndcg@100"]))
