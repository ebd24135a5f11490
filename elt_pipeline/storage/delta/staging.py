"""Rows on their way into a table: computed once into a file, and known by hashes. What is then written belongs to the writer."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from elt_pipeline.contracts.table import TableContract

# The one key of a table without partitions.
WHOLE = "whole"
# Where a row of the source stood. Tables that are computed have neither.
PROVENANCE = ("_source_file", "_source_line")
# A row known by its content and file, and two hashes of what decides whether a partition has changed.
ROW_HASH = "_row_hash"
CONTENT_HASHES = ("_content_hash_0", "_content_hash_1")
ROWS_PER_GROUP = 20_000
HALF = 2**32


@contextmanager
def staged(contract: TableContract, frame: pl.LazyFrame, scratch: Path | None) -> Iterator[pl.LazyFrame]:
    """Compute ``frame`` once, in batches, into a file, and give its rows with their hashes; the file goes at the end.

    ``scratch`` is a folder for this alone, emptied of what a killed run left there: whoever stages holds the lake. None is one of
    the system's. What ``frame`` raises while it is computed comes through.
    """
    names = [name for name in frame.collect_schema().names() if not name.startswith("_")]
    file, line = ([name] if name in contract.column_names else [] for name in PROVENANCE)
    # In a table with partitions, a line more at the top of a file would else rewrite them all.
    content = [*names, *file, *(line if contract.partition_column is None else [])]
    hashes = [row_hash(content, seed).alias(name) for seed, name in enumerate(CONTENT_HASHES)]
    with _folder(scratch) as folder:
        rows = folder / "rows.parquet"
        frame.with_columns(row_hash([*names, *file]).alias(ROW_HASH), *hashes).sink_parquet(
            rows, compression="lz4", row_group_size=ROWS_PER_GROUP, statistics=False, maintain_order=False
        )
        yield pl.scan_parquet(rows)


def partition_hashes(contract: TableContract, rows: pl.LazyFrame) -> dict[str, str]:
    """Return for each partition of staged rows their number and the sums of their two hashes, so that order does not matter.

    Columns of ours do not count but for the file, which decides how dates are read; in a table without partitions the line
    counts too. The hashes are those of one version of Polars: after another is installed, every partition counts as changed.
    """
    key = pl.lit(WHOLE) if contract.partition_column is None else pl.col(contract.partition_column)
    # A sum of 64 bits could overflow, one of 32 cannot below four thousand million rows.
    halves = [half.sum().alias(f"{name}_{end}") for name in CONTENT_HASHES for end, half in _halves(pl.col(name)).items()]
    sums = rows.group_by(key.alias("_key")).agg(pl.len(), *halves).collect()
    return {str(key): _digest(*numbers) for key, *numbers in sums.iter_rows()}


def row_hash(names: Sequence[str], seed: int = 0) -> pl.Expr:
    """The hash of a row's values in this order, of 64 bits; equal within one version of Polars."""
    return pl.struct(names).hash(seed=seed)


def _halves(hash_: pl.Expr) -> dict[str, pl.Expr]:
    return {"high": hash_ // HALF, "low": hash_ % HALF}


def _digest(row_count: int, *halves: int) -> str:
    sums = [(high * HALF + low) % HALF**2 for high, low in zip(halves[::2], halves[1::2], strict=True)]
    return f"{row_count}:" + "".join(f"{total:016x}" for total in sums)


@contextmanager
def _folder(scratch: Path | None) -> Iterator[Path]:
    if scratch is None:
        with tempfile.TemporaryDirectory(prefix="booklake-") as folder:
            yield Path(folder)
        return
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
