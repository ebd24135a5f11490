"""The lake's tables by name, ``gold.works``, for every client of the Spark server. Where tables stand belongs to lake.py."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from elt_pipeline.contracts.table import TableContract

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def name_tables(session: "SparkSession", places: Mapping[TableContract, str]) -> list[str]:
    """Have each table known by its name where it stands; return the names that are new, or stood elsewhere before.

    Only names are made and replaced: the tables themselves are external, and no statement here touches their files.
    """
    layers: dict[str, dict[str, str]] = defaultdict(dict)
    for contract, place in places.items():
        layers[contract.layer][contract.name] = place
    named = []
    for layer, wanted in layers.items():
        session.sql(f"CREATE DATABASE IF NOT EXISTS {layer}")
        known = _known_places(session, layer)
        for name, place in wanted.items():
            if known.get(name) != place:
                session.sql(f"DROP TABLE IF EXISTS {layer}.{name}")
                quoted = place.replace("'", "\\'")
                session.sql(f"CREATE TABLE {layer}.{name} USING delta LOCATION '{quoted}'")
                named.append(f"{layer}.{name}")
    return named


def _known_places(session: "SparkSession", layer: str) -> dict[str, str]:
    rows = session.sql(f"SHOW TABLE EXTENDED IN {layer} LIKE '*'").collect()
    return {row["tableName"]: _place(row["information"]) for row in rows}


def _place(information: str) -> str:
    """The place in what Spark says of a table, a line for each property."""
    said = dict(line.split(": ", 1) for line in information.splitlines() if ": " in line)
    return said.get("Location", "").removeprefix("file:")
