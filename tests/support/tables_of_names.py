"""Two tables of a lake for tests of writing: lines as they come, and names computed from them. No data of the domain."""

import polars as pl

from elt_pipeline.contracts.table import Column, ColumnType, TableContract, Write
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.upkeep import Recipe

BRONZE = TableContract(
    layer="bronze",
    name="lines",
    grain="One row per line.",
    columns=(Column("name", ColumnType.STRING, "Any text."),),
    write=Write.OVERWRITE,
)
SILVER = TableContract(
    layer="silver",
    name="names",
    grain="One row per name.",
    primary_key=("name",),
    columns=(Column("name", ColumnType.STRING, "Its name.", nullable=False),),
    write=Write.MERGE,
)


def source(*names: str) -> Recipe:
    """How the lines come about: they are given."""
    return Recipe(BRONZE, (), "code", lambda: pl.LazyFrame({"name": names}, schema={"name": pl.String}))


def computed(lake: Lake, code_version: str = "code") -> Recipe:
    """How the names come about: they are the lines, read and merged by Spark."""
    return Recipe(SILVER, (BRONZE,), code_version, lambda: lake.read(BRONZE))


def names(lake: Lake, contract: TableContract) -> list[str]:
    """What the table holds, sorted."""
    return sorted(lake.scan(contract).collect()["name"])
