"""The rules on real books; skipped where the data is absent."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from pyspark.sql import DataFrame, SparkSession

from benchmarks.grouping import hard_pair_scores, hard_pairs
from elt_pipeline.contracts import bronze, source
from elt_pipeline.transforms.dates import with_swap_verdict
from elt_pipeline.transforms.edition_works import group_editions
from elt_pipeline.transforms.editions import clean_editions, judge_books, rank_books


def bronze_rows(file: Path) -> pl.DataFrame:
    spelling = {name.lower(): name for name in source.BOOK.columns}
    read = pl.read_csv(file, infer_schema=False).rename(lambda name: spelling[name.lower()])
    ours = {"_source_file": file.name, "_publish_partition": "unknown", "_ingested_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return read.with_row_index("_source_line", 2).with_columns(**{name: pl.lit(value) for name, value in ours.items()})


@pytest.fixture(scope="module")
def real_books(spark: SparkSession, real_data: Path) -> DataFrame:
    rows = pl.concat([bronze_rows(file) for file in sorted(real_data.glob("book[0-9]*.csv"))], how="diagonal_relaxed")
    return spark.createDataFrame(rows.select(pl.col(c.name).cast(c.type.polars) for c in bronze.BOOKS.columns).to_arrow())


@pytest.fixture(scope="module")
def real_editions(real_books: DataFrame, tmp_path_factory: pytest.TempPathFactory, spark: SparkSession) -> DataFrame:
    folder = str(tmp_path_factory.mktemp("lake") / "editions")
    clean_editions(real_books).write.parquet(folder)
    return spark.read.parquet(folder)


def test_no_real_book_is_lost(real_books: DataFrame, real_editions: DataFrame) -> None:
    rejected = judge_books(real_books).where("rejection_reason is not null").count()
    merged = rank_books(real_books).where("candidate_rank > 1").count()
    assert (real_books.count(), real_editions.count(), merged, rejected) == (19_964, 19_964, 0, 0)


def test_the_first_two_files_are_proved_swapped_and_the_third_is_not(real_books: DataFrame) -> None:
    verdicts = with_swap_verdict(real_books).select("_source_file", "is_swapped").distinct().collect()
    assert dict(map(tuple, verdicts)) == {"book1-100k.csv": True, "book100k-2000k.csv": True, "book2000k-5000k.csv": False}


def test_few_real_books_have_issues(real_editions: DataFrame) -> None:
    issues = real_editions.where("issues <> ''").groupBy("issues").count().collect()
    assert dict(map(tuple, issues)) == {"isbn_impossible": 4, "date_impossible": 2}


def test_real_editions_of_harry_potter_are_grouped_by_volume(real_editions: DataFrame) -> None:
    grouped = {row["edition_id"]: row["work_id"] for row in group_editions(real_editions).collect()}
    pairs = {1: 2005, 3: 34318, 4: 15881, 5: 4256, 6: 43509}
    assert {first: grouped[second] for first, second in pairs.items()} == {first: first for first in pairs}
    assert len({grouped[number] for number in (1, 2, 3, 4, 5, 6, 8, 10, 136251)}) == 9
    assert len(set(grouped.values())) == 18_360


def test_hard_pairs_of_real_editions_are_told_apart_and_put_together(real_editions: DataFrame) -> None:
    found = {row["edition_id"]: row["work_id"] for row in group_editions(real_editions).collect()}
    pairs = hard_pairs()
    scores = hard_pair_scores(pairs, found)
    assert len(pairs) >= 200
    assert scores.precision >= 0.97
    assert scores.recall >= 0.85
    assert hard_pair_scores([pair for pair in pairs if pair.half == "judging"], found).precision >= 0.97
