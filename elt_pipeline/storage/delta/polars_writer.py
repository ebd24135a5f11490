"""How Polars frames become Delta tables, by delta-rs: overwrite, replace partitions, append. Only what changed is written."""

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from deltalake import WriterProperties, write_deltalake

from elt_pipeline.contracts.table import ContractViolation, TableContract
from elt_pipeline.storage.delta.commits import Commit, Stamp, fits, last_commit, properties, stamp_only
from elt_pipeline.storage.delta.staging import CONTENT_HASHES, ROW_HASH, WHOLE, partition_hashes, row_hash, staged

# Stands for the hash of rows that somebody else wrote: no rows have it.
UNKNOWN = ""
# Rows are in no useful order, so that larger groups would only take memory: there is a writer for each partition.
WRITER = WriterProperties(max_row_group_size=50_000)


def replace_changed(
    contract: TableContract,
    url: str,
    frame: pl.LazyFrame,
    stamp: Stamp,
    asked: Collection[str] | None,
    scratch: Path | None = None,
) -> bool:
    """Write the partitions of ``frame`` whose rows differ from what stands at ``url``; return whether any did.

    ``frame`` holds the contract's columns but ``_ingested_at``, added here: a row that already stood there keeps its own. It is
    computed once, in batches, into a file in ``scratch``; where that fails, nothing is written to ``url``.
    ``asked`` names the partitions to look at, None all of them; rows of others are left alone. A table without partitions counts
    as one. A computed table whose rows stay gets a commit that says what they are now made from.
    A table that does not fit its contract, or holds partitions that somebody else wrote, is written whole. Where ``asked`` names
    partitions, one that does not fit raises ``ContractViolation``, since the others would keep what the contract was before.
    """
    standing = last_commit(url)
    is_fitting = standing is None or fits(contract, url)
    if not is_fitting and asked is not None:
        raise ContractViolation(
            f"{contract.full_name} stands as its contract was before, and partitions that are not asked for would stay so. "
            "Refresh all years once with `booklake refresh`."
        )
    old = _standing_hashes(contract, url, standing, asked) if standing and is_fitting else {}
    with staged(contract, frame, scratch) as rows:
        new = partition_hashes(contract, rows)
        in_question = (old.keys() | new.keys()) if asked is None else set(asked)
        changed = sorted(key for key in in_question if old.get(key) != new.get(key))
        if standing is not None and is_fitting and not changed:
            if stamp.fingerprint.inputs:
                stamp_only(url, Stamp(stamp.run_id, stamp.fingerprint, old, standing.content_version), standing.version)
            return False
        hashes = {key: old[key] for key in old if key not in in_question} | {key: new[key] for key in in_question if key in new}
        whole = standing is None or (asked is None and not (old.keys() - set(changed)))
        wanted = rows if contract.partition_column is None else rows.filter(pl.col(contract.partition_column).is_in(changed))
        stamped = Stamp(stamp.run_id, stamp.fingerprint, hashes)
        _write(contract, url, _with_ingestion_times(contract, url, wanted, standing), stamped, None if whole else changed)
    return True


def append(contract: TableContract, url: str, frame: pl.LazyFrame, stamp: Stamp) -> None:
    """Add the rows of ``frame`` to the table at ``url``, which is created where there is none."""
    rows = frame.collect()
    contract.check_polars(rows.schema)
    write_deltalake(url, rows.select(contract.column_names), mode="append", commit_properties=properties(stamp))


def _standing_hashes(contract: TableContract, url: str, standing: Commit, asked: Collection[str] | None) -> dict[str, str]:
    if standing.stamp is not None:
        known = dict(standing.stamp.partition_hashes)
        return dict.fromkeys(known, UNKNOWN) if asked is None and UNKNOWN in known.values() else known
    if contract.partition_column is None:
        return {WHOLE: UNKNOWN}
    keys = pl.scan_delta(url).select(contract.partition_column).unique().collect().to_series()
    return {str(key): UNKNOWN for key in keys}


def _with_ingestion_times(contract: TableContract, url: str, rows: pl.LazyFrame, standing: Commit | None) -> pl.LazyFrame:
    """Add ``_ingested_at`` where the contract has it: now, or the earliest time at which an equal row came in."""
    if "_ingested_at" not in contract.column_names:
        return rows
    now = pl.lit(datetime.now(UTC)).cast(pl.Datetime("us", "UTC"))
    if standing is None:
        return rows.with_columns(_ingested_at=now)
    schema, before = rows.collect_schema(), pl.scan_delta(url)
    names = [name for name in schema.names() if not name.startswith("_")] + ["_source_file"]
    wanted = {name: schema[name] for name in names} | {"_ingested_at": pl.Datetime("us", "UTC")}
    if not wanted.items() <= dict(before.collect_schema()).items():
        return rows.with_columns(_ingested_at=now)
    seen = before.select(row_hash(names).alias(ROW_HASH), pl.col("_ingested_at").alias("_seen_at"))
    # Before the write begins, which takes these rows away.
    first_seen = seen.group_by(ROW_HASH).agg(pl.col("_seen_at").min()).collect()
    return rows.join(first_seen.lazy(), on=ROW_HASH, how="left").with_columns(_ingested_at=pl.coalesce("_seen_at", now))


def _write(contract: TableContract, url: str, rows: pl.LazyFrame, stamp: Stamp, changed: list[str] | None) -> None:
    schema = rows.drop(ROW_HASH, "_seen_at", *CONTENT_HASHES, strict=False).collect_schema()
    contract.check_polars(schema)
    new_columns = [name for name in schema.names() if name not in contract.column_names]
    write_deltalake(
        url,
        rows.select(*contract.column_names, *new_columns).collect_batches(maintain_order=False, lazy=True),
        mode="overwrite",
        partition_by=contract.partition_column,
        schema_mode="overwrite" if changed is None else "merge",
        predicate=None if changed is None else _predicate(contract.partition_column, changed),
        commit_properties=properties(stamp),
        writer_properties=WRITER,
    )


def _predicate(column: str | None, keys: Collection[str]) -> str:
    return f"{column} IN ({', '.join(repr(key) for key in keys)})"
