"""All tables of the lake, in the order in which they are made. What each one promises stands in its layer's module."""

from elt_pipeline.contracts import bronze, gold, silver

TABLES = (*bronze.TABLES, *silver.TABLES, *gold.TABLES)
