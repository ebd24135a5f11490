"""The content hash: the same rows, the same hash; anything else, another."""

import hashlib

import polars as pl
import pytest

from elt_pipeline.contracts.table import Column, ColumnType, TableContract, Write
from elt_pipeline.storage.delta.content_hash import content_hash

PAIRS = TableContract(
    layer="silver",
    name="pairs",
    grain="One row per pair.",
    columns=(
        Column("a", ColumnType.LONG, "A number."),
        Column("b", ColumnType.STRING, "A text."),
        Column("_run", ColumnType.STRING, "Differs by run."),
    ),
    write=Write.OVERWRITE,
)


def pairs(*rows: tuple[int | None, str | None]) -> pl.LazyFrame:
    return pl.LazyFrame([(a, b, "run") for a, b in rows], schema=PAIRS.polars_schema, orient="row")


def test_the_hash_of_one_row_is_the_sha_256_of_its_canonical_json() -> None:
    found = content_hash(PAIRS, pairs((1, "é")))
    assert (found.row_count, found.digest) == (1, hashlib.sha256('[1,"é"]'.encode()).hexdigest())


def test_order_and_our_own_columns_do_not_count() -> None:
    other_run = pairs((2, "y"), (1, "x")).with_columns(_run=pl.lit("another"))
    assert content_hash(PAIRS, pairs((1, "x"), (2, "y"))) == content_hash(PAIRS, other_run)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(pairs((1, "x")), id="a row less"),
        pytest.param(pairs((1, "x"), (2, "y"), (2, "y")), id="a doubled row"),
        pytest.param(pairs((1, "x"), (2, None)), id="null for a text"),
        pytest.param(pairs((1, "y"), (2, "x")), id="values swapped between rows"),
    ],
)
def test_any_other_content_has_another_hash(other: pl.LazyFrame) -> None:
    assert content_hash(PAIRS, pairs((1, "x"), (2, "y"))) != content_hash(PAIRS, other)
