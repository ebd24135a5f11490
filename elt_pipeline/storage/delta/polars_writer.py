"""How Polars frames become Delta tables, by delta-rs: overwrite, replace partitions, append. Only what changed is written."""

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime

import polars as pl
from deltalake import write_deltalake

from elt_pipeline.contracts.table import ContractViolation, TableContract
from elt_pipeline.storage.delta.commits import Commit, Stamp, fits, last_commit, properties, stamp_only

# The one key of a table without partitions.
WHOLE = "whole"
# Where a row of the source stood. Tables that are computed have neither.
PROVENANCE = ("_source_file", "_source_line")
# Stands for the hash of rows that somebody else wrote: no rows have it.
UNKNOWN = ""


def replace_changed(contract: TableContract, url: str, frame: pl.LazyFrame, stamp: Stamp, asked: Collection[str] | None) -> bool:
    """Write the partitions of ``frame`` whose rows differ from what stands at ``url``; return whether any did.

    ``frame`` holds the contract's columns but ``_ingested_at``, added here: a row that already stood there keeps its own.
    ``asked`` names the partitions to look at, None all of them; rows of others are left alone. A table without partitions counts
    as one. A computed table whose rows stay gets a commit that says what they are now made from.
    A table that does not fit its contract, or holds partitions that somebody else wrote, is written whole. Where ``asked`` names
    partitions, one that does not fit raises ``ContractViolation``, since the others would keep what the contract was before.
    """
    rows = frame.collect()
    standing = last_commit(url)
    is_fitting = standing is None or fits(contract, url)
    if not is_fitting and asked is not None:
        raise ContractViolation(
            f"{contract.full_name} stands as its contract was before, and partitions that are not asked for would stay so. "
            "Refresh all years once with `booklake refresh`."
        )
    old = _standing_hashes(contract, url, standing) if standing and is_fitting else {}
    if asked is None and UNKNOWN in old.values():
        old = dict.fromkeys(old, UNKNOWN)
    new = partition_hashes(contract, rows)
    in_question = (old.keys() | new.keys()) if asked is None else set(asked)
    changed = sorted(key for key in in_question if old.get(key) != new.get(key))
    if standing is not None and is_fitting and not changed:
        if stamp.fingerprint.inputs:
            stamp_only(url, Stamp(stamp.run_id, stamp.fingerprint, old, standing.content_version))
        return False
    hashes = {key: old[key] for key in old if key not in in_question} | {key: new[key] for key in in_question if key in new}
    wanted = rows if contract.partition_column is None else rows.filter(pl.col(contract.partition_column).is_in(changed))
    whole = standing is None or (asked is None and not (old.keys() - set(changed)))
    stamped = Stamp(stamp.run_id, stamp.fingerprint, hashes)
    _write(contract, url, _with_ingestion_times(contract, url, wanted, standing), stamped, None if whole else changed)
    return True


def append(contract: TableContract, url: str, frame: pl.LazyFrame, stamp: Stamp) -> None:
    """Add the rows of ``frame`` to the table at ``url``, which is created where there is none."""
    rows = frame.collect()
    contract.check_polars(rows.schema)
    write_deltalake(url, rows.select(contract.column_names), mode="append", commit_properties=properties(stamp))


def partition_hashes(contract: TableContract, rows: pl.DataFrame) -> dict[str, str]:
    """Return for each partition the SHA-256 of its rows, whatever their order.

    Columns of ours do not count but for the file, which decides how dates are read; in a table without partitions the line
    counts too.
    """
    provenance = [name for name in PROVENANCE if name in contract.column_names]
    counted = [name for name in rows.columns if not name.startswith("_")] + provenance[:1]
    if contract.partition_column is None:
        return {WHOLE: _rows_hash(rows.select(*counted, *provenance[1:]))}
    parts = rows.partition_by(contract.partition_column, as_dict=True)
    return {str(key): _rows_hash(part.select(counted)) for (key,), part in parts.items()}


def _standing_hashes(contract: TableContract, url: str, standing: Commit) -> dict[str, str]:
    if standing.stamp is not None:
        return dict(standing.stamp.partition_hashes)
    if contract.partition_column is None:
        return {WHOLE: UNKNOWN}
    keys = pl.scan_delta(url).select(contract.partition_column).unique().collect().to_series()
    return {str(key): UNKNOWN for key in keys}


def _rows_hash(rows: pl.DataFrame) -> str:
    text = rows.sort(rows.columns).write_csv(quote_style="non_numeric", null_value="")
    return hashlib.sha256(text.encode()).hexdigest()


def _with_ingestion_times(contract: TableContract, url: str, rows: pl.DataFrame, standing: Commit | None) -> pl.DataFrame:
    if "_ingested_at" not in contract.column_names:
        return rows
    now = pl.lit(datetime.now(UTC)).cast(pl.Datetime("us", "UTC"))
    if standing is None:
        return rows.with_columns(_ingested_at=now)
    names = [name for name in rows.columns if not name.startswith("_")] + ["_source_file"]
    before = pl.scan_delta(url)
    wanted = {name: rows.schema[name] for name in names} | {"_ingested_at": pl.Datetime("us", "UTC")}
    if not wanted.items() <= dict(before.collect_schema()).items():
        return rows.with_columns(_ingested_at=now)
    seen = before.select(pl.struct(names).hash().alias("_row"), pl.col("_ingested_at").alias("_seen_at"))
    first_seen = seen.group_by("_row").agg(pl.col("_seen_at").min()).collect()
    known = rows.with_columns(pl.struct(names).hash().alias("_row")).join(first_seen, on="_row", how="left")
    return known.with_columns(_ingested_at=pl.coalesce("_seen_at", now)).drop("_row", "_seen_at")


def _write(contract: TableContract, url: str, rows: pl.DataFrame, stamp: Stamp, changed: list[str] | None) -> None:
    contract.check_polars(rows.schema)
    new_columns = [name for name in rows.columns if name not in contract.column_names]
    write_deltalake(
        url,
        rows.select(*contract.column_names, *new_columns),
        mode="overwrite",
        partition_by=contract.partition_column,
        schema_mode="overwrite" if changed is None else "merge",
        predicate=None if changed is None else _predicate(contract.partition_column, changed),
        commit_properties=properties(stamp),
    )


def _predicate(column: str | None, keys: Collection[str]) -> str:
    return f"{column} IN ({', '.join(repr(key) for key in keys)})"
