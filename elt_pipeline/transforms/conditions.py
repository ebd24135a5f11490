"""How null is treated in a yes-or-no question. Rules with a subject of their own belong to the subject's module."""

from pyspark.sql import Column
from pyspark.sql import functions as F


def holds(condition: Column) -> Column:
    """Whether the condition is true; null counts as no, so that its negation keeps the row."""
    return F.coalesce(condition, F.lit(col=False))
