"""How names are kept is tried on the cluster, in tests/stack: Sail has no such statements."""

from typing import Any, cast

from pyspark.sql import SparkSession

from elt_pipeline.contracts import gold
from elt_pipeline.storage.delta.spark_names import name_tables


class FakeSession:
    """Answers as Spark does for one table that it knows, and keeps what it is told."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known
        self.told: list[str] = []

    def sql(self, statement: str) -> "FakeSession":
        self.told.append(statement)
        return self

    def collect(self) -> list[dict[str, Any]]:
        said = "Database: gold\nType: EXTERNAL\nLocation: {}\nProvider: delta\n"
        return [{"tableName": name, "information": said.format(place)} for name, place in self.known.items()]


def told_by(known: dict[str, str]) -> tuple[list[str], list[str]]:
    session = FakeSession(known)
    places = {gold.WORKS: "s3a://lakehouse/gold/works", gold.GENRES: "/lake's/gold/genres"}
    named = name_tables(cast("SparkSession", session), places)
    return named, [statement for statement in session.told if statement.startswith(("DROP", "CREATE TABLE"))]


def test_a_table_that_is_known_where_it_stands_is_left_alone() -> None:
    assert told_by({"works": "s3a://lakehouse/gold/works", "genres": "file:/lake's/gold/genres"}) == ([], [])


def test_a_table_that_is_new_or_stands_elsewhere_is_named_anew() -> None:
    named, told = told_by({"works": "s3a://elsewhere/gold/works"})
    assert named == ["gold.works", "gold.genres"]
    assert told == [
        "DROP TABLE IF EXISTS gold.works",
        "CREATE TABLE gold.works USING delta LOCATION 's3a://lakehouse/gold/works'",
        "DROP TABLE IF EXISTS gold.genres",
        r"CREATE TABLE gold.genres USING delta LOCATION '/lake\'s/gold/genres'",
    ]
