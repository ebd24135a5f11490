"""How Spark frames become Delta tables: overwrite, and merge by key. The same statements on Sail and on Spark."""

from typing import TYPE_CHECKING

from elt_pipeline.contracts.table import TableContract
from elt_pipeline.storage.delta.commits import Overtaken, Stamp, fits, last_commit, stamp_only

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def overwrite(contract: TableContract, url: str, frame: "DataFrame", stamp: Stamp) -> None:
    """Replace the table at ``url``, schema included, by the rows of ``frame``."""
    contract.check_spark(frame.schema)
    writer = _rows(contract, frame).write.format("delta").mode("overwrite")
    writer.option("overwriteSchema", "true").option("userMetadata", stamp.as_text()).save(url)


def merge(contract: TableContract, url: str, frame: "DataFrame", stamp: Stamp) -> bool:
    """Make the table at ``url`` hold exactly the rows of ``frame``, writing only what differs; return whether anything did.

    ``frame`` has at most one row for each key. Spark cannot put a stamp on a merge, so it follows in a commit of its own that
    touches no row: killed between the two, the next run finds a table without a stamp and merges again, to the same end.
    Raises ``Overtaken`` where another's write came between, which is then not stamped as ours.
    """
    standing = last_commit(url)
    if standing is None or not fits(contract, url):
        overwrite(contract, url, frame, stamp)
        return True
    contract.check_spark(frame.schema)
    affected = _merge_rows(contract, url, frame)
    merged = last_commit(url)
    if merged is None or merged.version > standing.version + 1:
        raise Overtaken(url)
    # A merge that finds nothing to do is no commit of Sail's; Spark writes the rows into other files, and says that none differs.
    changed = merged.version != standing.version and affected != 0
    content_version = merged.version if changed else standing.content_version
    stamp_only(url, Stamp(stamp.run_id, stamp.fingerprint, content_version=content_version), merged.version)
    return changed


def merge_statement(contract: TableContract, url: str, view: str) -> str:
    """Return the MERGE that makes the table at ``url`` equal to ``view``; rows that are equal already are not touched."""
    matched = " AND ".join(f"target.`{name}` = source.`{name}`" for name in contract.primary_key)
    others = [name for name in contract.column_names if name not in contract.primary_key]
    equal = " AND ".join(f"target.`{name}` <=> source.`{name}`" for name in others)
    assignments = ", ".join(f"target.`{name}` = source.`{name}`" for name in others)
    update = f"WHEN MATCHED AND NOT ({equal}) THEN UPDATE SET {assignments} " if others else ""
    names = ", ".join(f"`{name}`" for name in contract.column_names)
    values = ", ".join(f"source.`{name}`" for name in contract.column_names)
    # The names come from contracts and the lake's own URL, never from data.
    into = f"MERGE INTO delta.`{url}` AS target USING {view} AS source ON {matched} "
    inserted = f"WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({values}) "  # noqa: S608
    return into + update + inserted + "WHEN NOT MATCHED BY SOURCE THEN DELETE"


def _rows(contract: TableContract, frame: "DataFrame") -> "DataFrame":
    # Spark types what Python functions return over Connect as `string collate UTF8_BINARY`, which other readers of Delta refuse.
    texts = {name for name, kind in frame.dtypes if kind == "string"}
    return frame.select([frame[name].cast("string").alias(name) if name in texts else name for name in contract.column_names])


def _merge_rows(contract: TableContract, url: str, frame: "DataFrame") -> int | None:
    """Merge; return how many rows that wrote or removed, None where the engine does not say."""
    view = f"merged_into_{contract.layer}_{contract.name}"
    session = frame.sparkSession
    _rows(contract, frame).createOrReplaceTempView(view)
    (said,) = session.sql(merge_statement(contract, url, view)).collect()
    # Not after Ctrl-C: an engine that still computes would answer only when it is done. The next merge replaces the view.
    session.catalog.dropTempView(view)
    return said.asDict().get("num_affected_rows")
