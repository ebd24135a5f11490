"""The content hash of a table: equal wherever the same rows stand, in whatever order, files or partitions."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from elt_pipeline.contracts.table import TableContract

MODULUS = 2**256


@dataclass(frozen=True)
class ContentHash:
    """The number of rows and the sum of their SHA-256 modulo 2^256, as 64 hexadecimal digits."""

    row_count: int
    digest: str


def content_hash(contract: TableContract, rows: pl.LazyFrame) -> ContentHash:
    """Return the content hash of ``rows``.

    Each row is hashed as the canonical JSON of the contract's columns in order, those that start with ``_`` left out; the
    hashes are added, so that order does not matter while a doubled row does.
    """
    row_count, total = 0, 0
    for batch in rows.select(contract.content_columns).collect_batches(chunk_size=50_000):
        for row in batch.iter_rows():
            total += int.from_bytes(hashlib.sha256(_canonical(row)).digest())
        row_count += batch.height
    return ContentHash(row_count, f"{total % MODULUS:064x}")


def _canonical(row: tuple[object, ...]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_as_text).encode()


def _as_text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"A value of type {type(value).__name__} has no canonical form. Add one to storage/content_hash.py.")
