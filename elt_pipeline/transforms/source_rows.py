"""How a row of the source is named and kept when it goes on record. Whether it is taken is decided where it is judged."""

from pyspark.sql import Column
from pyspark.sql import functions as F

from elt_pipeline.contracts.source import SourceTable

# Rules by which a row is merged into another, of whatever table.
SAME_ID, SAME_WORK = "same_id", "same_work"


def joined_key(*parts: Column) -> Column:
    """The parts joined by ``/``, a null one as nothing between."""
    return F.concat_ws("/", *(F.coalesce(part, F.lit("")) for part in parts))


def record_of(table: SourceTable, *key: str) -> list[Column]:
    """The record of a row of ``table``: ``source_table``, ``source_key``, ``source_row``, ``_source_file``, ``_source_line``.

    The key is that of the ``key`` columns; the row is JSON of the source's columns, nulls left out. These must still be there.
    """
    columns = [F.col(f"`{column}`") for column in table.columns]
    return [
        F.lit(table.name).alias("source_table"),
        (F.col(key[0]) if len(key) == 1 else joined_key(*(F.col(column) for column in key))).alias("source_key"),
        F.to_json(F.struct(*columns)).alias("source_row"),
        F.col("_source_file"),
        F.col("_source_line"),
    ]
