"""What is known of a work as weighted features: authors, series, genres and words. How alike works are belongs to content.py."""

import polars as pl

# What a shared one says against a word of the title.
AUTHOR, SERIES, GENRE, TITLE_WORD, DESCRIPTION_WORD = 2.0, 2.0, 1.0, 1.0, 0.5
# Descriptions of more works than this are left out: their words would fill the memory.
MOST_DESCRIBED_WORKS = 300_000
# Words that stand in more than every twentieth work say nothing, but in a catalogue of a few works they do.
FREQUENT_SHARE, FREQUENT_AT_LEAST = 0.05, 50
LEAST_LETTERS = 2
WORD = r"[\p{L}\p{N}]+"


def describe(
    works: pl.LazyFrame, authors: pl.LazyFrame, work_authors: pl.LazyFrame, genres: pl.LazyFrame, work_genres: pl.LazyFrame
) -> pl.LazyFrame:
    """Return ``work_id``, ``feature`` and ``weight``: what each work has, as people read it, several rows where it has several.

    The tables are those of gold, with at least their keys, ``name`` of authors and genres, ``title``, ``series_name`` and
    ``description`` of works.
    """
    by_author = work_authors.join(authors, on="author_id", how="inner")
    by_genre = work_genres.join(genres, on="genre_id", how="inner")
    parts = [
        _named(by_author, "name", "author", AUTHOR),
        _named(works.filter(pl.col("series_name").is_not_null()), "series_name", "series", SERIES),
        _named(by_genre, "name", "genre", GENRE),
        _words(works),
    ]
    return pl.concat(parts)


def _named(rows: pl.LazyFrame, column: str, kind: str, weight: float) -> pl.LazyFrame:
    feature = pl.concat_str(pl.lit(f"{kind} "), pl.col(column))
    return rows.select("work_id", feature.alias("feature"), pl.lit(weight).alias("weight")).unique()


def _words(works: pl.LazyFrame) -> pl.LazyFrame:
    """The words of titles and descriptions, once for each work; the title's weigh more."""
    parts = [_words_of(works, "title", TITLE_WORD)]
    work_count = works.select(pl.len()).collect().item()
    if work_count <= MOST_DESCRIBED_WORKS:
        parts.append(_words_of(works, "description", DESCRIPTION_WORD))
    words = pl.concat(parts).group_by("work_id", "word").agg(pl.col("weight").max())
    frequent = max(FREQUENT_AT_LEAST, int(work_count * FREQUENT_SHARE))
    rare = words.filter(pl.len().over("word") <= frequent)
    return rare.select("work_id", pl.concat_str(pl.lit("word "), pl.col("word")).alias("feature"), "weight")


def _words_of(works: pl.LazyFrame, column: str, weight: float) -> pl.LazyFrame:
    bare = pl.col(column).str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    words = works.filter(pl.col(column).is_not_null()).select("work_id", bare.str.extract_all(WORD).alias("word")).explode("word")
    return words.filter(pl.col("word").str.len_chars() >= LEAST_LETTERS).with_columns(pl.lit(weight).alias("weight"))
