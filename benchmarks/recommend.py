"""How long similar works take and how much memory, on made-up catalogues of any size. Quality is `booklake evaluate`'s matter."""

import argparse
import json
import platform
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import polars as pl

from elt_pipeline.recommender.content import neighbours, vectorise
from elt_pipeline.recommender.features import describe
from elt_pipeline.storage.cost import peak_memory_bytes

AUTHORS_PER_WORK, SERIES_SHARE, GENRES, GENRES_PER_WORK = 0.35, 0.25, 60, 3
VOCABULARY, TITLE_WORDS, DESCRIPTION_WORDS = 60_000, 4, 25


def made_up(works: int, seed: int) -> dict[str, pl.LazyFrame]:
    """Return gold's tables for so many works; authors, genres and words are drawn with the skew of real ones."""
    rng = np.random.default_rng(seed)
    ids = np.arange(1, works + 1)
    people = max(1, int(works * AUTHORS_PER_WORK))
    series = [f"Series {number}" if rng.random() < SERIES_SHARE else None for number in rng.integers(works // 4 + 1, size=works)]
    titles, descriptions = (_texts(rng, works, count) for count in (TITLE_WORDS, DESCRIPTION_WORDS))
    genre = np.minimum(rng.zipf(1.3, size=works * GENRES_PER_WORK), GENRES)
    tagged = pl.DataFrame({"work_id": np.repeat(ids, GENRES_PER_WORK), "genre_id": genre}).unique(maintain_order=True)
    return {
        "works": pl.LazyFrame({"work_id": ids, "title": titles, "series_name": series, "description": descriptions}),
        "authors": pl.LazyFrame({"author_id": np.arange(people), "name": [f"Author {number}" for number in range(people)]}),
        "work_authors": pl.LazyFrame({"work_id": ids, "author_id": (people * rng.random(works) ** 2).astype(np.int64)}),
        "genres": pl.LazyFrame(
            {"genre_id": range(1, GENRES + 1), "name": [f"Genre {number}" for number in range(1, GENRES + 1)]}
        ),
        "work_genres": tagged.lazy(),
    }


def _texts(rng: np.random.Generator, works: int, words: int) -> list[str]:
    drawn = np.minimum(rng.zipf(1.15, size=(works, words)), VOCABULARY)
    return [" ".join(f"w{word}" for word in row) for row in drawn.tolist()]


def measure(works: int, seed: int) -> dict[str, object]:
    """Return seconds and peak memory of describing the works and of finding their neighbours."""
    tables = made_up(works, seed)
    made, began, used = peak_memory_bytes(), time.monotonic(), time.process_time()
    features = vectorise(tables["works"].select("work_id").collect().to_series(), describe(**tables).collect())
    described = time.monotonic()
    found = neighbours(features)
    ended, used = time.monotonic(), time.process_time() - used
    return {
        "works": works,
        "features": features.vectors.shape[1],
        "pairs": found.height,
        "works_with_neighbours": found["work_id"].n_unique(),
        "seconds_of_vectors": round(described - began, 1),
        "seconds_of_neighbours": round(ended - described, 1),
        "cpu_seconds": round(used, 1),
        "peak_gb_before": round(made / 1e9, 2),
        "peak_gb": round(peak_memory_bytes() / 1e9, 2),
        "seed": seed,
        "versions": {name: version(name) for name in ("numpy", "scipy", "polars")},
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }


def main() -> None:
    """Measure one size and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--works", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, help="Write the JSON there too.")
    asked = parser.parse_args()
    text = json.dumps(measure(asked.works, asked.seed), indent=1)
    print(text)  # noqa: T201
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
