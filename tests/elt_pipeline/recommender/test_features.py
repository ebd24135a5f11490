"""Tests of what is known of a work as features."""

import polars as pl
import pytest

from elt_pipeline.recommender import features
from elt_pipeline.recommender.features import describe

NO_NAMES = pl.LazyFrame(schema={"author_id": pl.Int64, "name": pl.String})
NO_AUTHORS = pl.LazyFrame(schema={"work_id": pl.Int64, "author_id": pl.Int64})
NO_GENRES = pl.LazyFrame(schema={"genre_id": pl.Int64, "name": pl.String})
NO_WORK_GENRES = pl.LazyFrame(schema={"work_id": pl.Int64, "genre_id": pl.Int64})
WORK = {"work_id": pl.Int64, "title": pl.String, "series_name": pl.String, "description": pl.String}


def works(*rows: tuple[int, str, str | None, str | None]) -> pl.LazyFrame:
    return pl.LazyFrame(rows, schema=WORK, orient="row")


def bare(*rows: tuple[int, str, str | None, str | None]) -> list[tuple[int, str, float]]:
    return describe(works(*rows), NO_NAMES, NO_AUTHORS, NO_GENRES, NO_WORK_GENRES).collect().sort("work_id", "feature").rows()


def test_authors_series_genres_and_words_weigh_differently() -> None:
    found = describe(
        works((1, "Dune", "Dune Chronicles", None)),
        pl.LazyFrame({"author_id": [7], "name": ["Frank Herbert"]}),
        pl.LazyFrame({"work_id": [1], "author_id": [7]}),
        pl.LazyFrame({"genre_id": [3], "name": ["Science Fiction"]}),
        pl.LazyFrame({"work_id": [1], "genre_id": [3]}),
    )
    assert set(found.collect().rows()) == {
        (1, "author Frank Herbert", 2.0),
        (1, "series Dune Chronicles", 2.0),
        (1, "genre Science Fiction", 1.0),
        (1, "word dune", 1.0),
    }


def test_words_are_compared_without_case_accents_and_punctuation() -> None:
    assert bare((1, "Les MISÉRABLES: I", None, None)) == [(1, "word les", 1.0), (1, "word miserables", 1.0)]
    assert bare((1, "Война и мир", None, None)) == [(1, "word воина", 1.0), (1, "word мир", 1.0)]


def test_a_word_of_title_and_description_counts_once_with_the_titles_weight() -> None:
    assert bare((1, "Emma", None, "Emma means well.")) == [
        (1, "word emma", 1.0),
        (1, "word means", 0.5),
        (1, "word well", 0.5),
    ]


def test_words_that_stand_in_many_works_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "FREQUENT_AT_LEAST", 2)
    rows = [(work, f"The Book {work}{work}", None, None) for work in range(10, 13)]
    assert bare(*rows) == [(work, f"word {work}{work}", 1.0) for work in range(10, 13)]


def test_descriptions_of_very_many_works_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "MOST_DESCRIBED_WORKS", 1)
    assert bare((1, "Emma", None, "Means well."), (2, "Dune", None, "Sand.")) == [(1, "word emma", 1.0), (2, "word dune", 1.0)]
