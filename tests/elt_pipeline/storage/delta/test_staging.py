"""Rows on their way into a table: their hashes tell what changed, and nothing of them stays behind."""

import random
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from elt_pipeline.contracts import bronze
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.storage.delta.staging import WHOLE, partition_hashes, staged

RATING = {"UserId": "1", "BookId": "2", "Rating": "3", "_source_file": "f", "_source_line": 2}


def hashes(contract: TableContract, *rows: Mapping[str, object], scratch: Path | None = None) -> dict[str, str]:
    names = [name for name in contract.column_names if name != "_ingested_at"]
    schema = {name: contract.polars_schema[name] for name in names}
    frame = pl.LazyFrame([{name: row.get(name) for name in names} for row in rows], schema=schema)
    with staged(contract, frame, scratch) as staged_rows:
        return partition_hashes(contract, staged_rows)


def book(title: str | None, *, year: str = "1965", file: str = "book1.csv", line: int = 2) -> dict[str, object]:
    return {"Id": "1", "Name": title, "_source_file": file, "_source_line": line, "_publish_partition": year}


def test_each_partition_has_a_hash_of_its_own_rows() -> None:
    found = hashes(bronze.BOOKS, book("Dune"), book("Emma", year="1815"))
    assert found.keys() == {"1965", "1815"}
    assert found["1965"] == hashes(bronze.BOOKS, book("Dune"))["1965"]


def test_a_table_without_partitions_is_one_part() -> None:
    assert hashes(bronze.RATINGS, RATING).keys() == {WHOLE}


def test_without_rows_years_have_no_part_and_a_whole_table_has_its_one() -> None:
    assert hashes(bronze.BOOKS) == {}
    assert hashes(bronze.RATINGS).keys() == {WHOLE}


def test_the_file_counts_as_a_change_and_the_line_only_without_partitions() -> None:
    assert hashes(bronze.BOOKS, book("Dune")) == hashes(bronze.BOOKS, book("Dune", line=3))
    assert hashes(bronze.BOOKS, book("Dune")) != hashes(bronze.BOOKS, book("Dune", file="book2.csv"))
    assert hashes(bronze.RATINGS, RATING) != hashes(bronze.RATINGS, RATING | {"_source_line": 3})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param([book(None)], [book("")], id="null and empty text"),
        pytest.param([book("Dune")], [book("Dune"), book("Dune")], id="a row and the same row twice"),
        pytest.param([{**book("a"), "Id": "b"}], [{**book("b"), "Id": "a"}], id="two cells exchanged"),
        pytest.param([{**book("ab"), "Id": "c"}], [{**book("b"), "Id": "ca"}], id="a letter that moved to the next cell"),
        pytest.param(
            [{**book("a"), "Id": "1"}, {**book("b"), "Id": "2"}],
            [{**book("b"), "Id": "1"}, {**book("a"), "Id": "2"}],
            id="titles of two rows exchanged",
        ),
    ],
)
def test_rows_that_differ_have_another_hash(one: list[dict[str, object]], other: list[dict[str, object]]) -> None:
    assert hashes(bronze.BOOKS, *one) != hashes(bronze.BOOKS, *other)


def test_the_order_of_rows_does_not_matter_to_the_hash(rng: random.Random) -> None:
    rows = [book(f"Title {number}") for number in range(50_000)]
    before = hashes(bronze.BOOKS, *rows)
    rng.shuffle(rows)
    assert hashes(bronze.BOOKS, *rows) == before


def test_what_a_killed_run_left_is_removed_and_nothing_stays(tmp_path: Path) -> None:
    scratch = tmp_path / "staging"
    scratch.mkdir()
    (scratch / "rows.parquet").write_text("half a row", encoding="utf-8")
    assert hashes(bronze.RATINGS, RATING, scratch=scratch).keys() == {WHOLE}
    assert not scratch.exists()
