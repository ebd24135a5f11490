"""How the names beside the editions become authors. Splitting and cleaning the names belongs to editions.py."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from elt_pipeline.contracts.silver import AUTHORS, WORK_AUTHORS
from elt_pipeline.transforms.editions import NAME_SEPARATOR
from elt_pipeline.transforms.person_names import person_name, same_people
from elt_pipeline.transforms.text import with_folded

AUTHOR_ID_HEX_DIGITS = 15


def list_authors(editions: DataFrame) -> DataFrame:
    """Return one row per author, in the columns of ``silver.AUTHORS``: names that fold to the same text are one author."""
    spellings = named_authors(editions).groupBy("author_id", "folded_name", "name").agg(F.count("*").alias("edition_count"))
    most_frequent_first = Window.partitionBy("author_id").orderBy(F.col("edition_count").desc(), "name")
    ranked = spellings.withColumn("spelling_rank", F.row_number().over(most_frequent_first))
    return ranked.where(F.col("spelling_rank") == 1).select(*AUTHORS.column_names)


def list_work_authors(editions: DataFrame, edition_works: DataFrame) -> DataFrame:
    """Return one row per work and author, in the columns of ``silver.WORK_AUTHORS``.

    Who stands further to the front of an edition comes first, then who stands in more editions, then the smaller id. Of several
    spellings of one person, ``H.G. Wells`` and ``Herbert George Wells``, the one of most editions stands for all.
    """
    of_works = named_authors(editions).join(edition_works.select("edition_id", "work_id"), on="edition_id", how="inner")
    counted = of_works.groupBy("work_id", "author_id").agg(
        F.min("position").alias("place"), F.count("*").alias("edition_count"), F.min("name").alias("name")
    )
    named = F.collect_list(F.struct("place", "edition_count", "author_id", "name"))
    works = counted.groupBy("work_id").agg(named.alias("spellings"))
    return works.mapInArrow(_people_of_works, WORK_AUTHORS.spark_schema).select(*WORK_AUTHORS.column_names)


def people_in_order(spellings: Iterable[Mapping[str, Any]]) -> list[int]:
    """Return the ``author_id`` of each person of a work in their order, from its spellings.

    A spelling is ``place``, ``edition_count``, ``author_id`` and ``name``.
    """
    parts = {spelling["author_id"]: person_name(spelling["name"]) for spelling in spellings}
    people = same_people(filter(None, parts.values()))
    by_person: dict[object, list[Mapping[str, Any]]] = defaultdict(list)
    for spelling in spellings:
        name = parts[spelling["author_id"]]
        by_person[people[name] if name else spelling["author_id"]].append(spelling)
    return [author_id for *_, author_id in sorted(map(_standing, by_person.values()))]


def _standing(spellings: list[Mapping[str, Any]]) -> tuple[int, int, int]:
    """Where one person stands: place, fewer editions further back, and the id of the spelling of most editions."""
    usual = min(spellings, key=lambda spelling: (-spelling["edition_count"], spelling["author_id"]))
    places, counts = zip(*((spelling["place"], spelling["edition_count"]) for spelling in spellings), strict=True)
    return min(places), -sum(counts), usual["author_id"]


def _people_of_works(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    schema = pa.schema([("work_id", pa.int64()), ("author_id", pa.int64()), ("author_position", pa.int32())])
    for batch in batches:
        rows = [
            {"work_id": work["work_id"], "author_id": author_id, "author_position": position}
            for work in batch.to_pylist()
            for position, author_id in enumerate(people_in_order(work["spellings"]), 1)
        ]
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def named_authors(editions: DataFrame) -> DataFrame:
    """Return ``edition_id``, ``position`` (from 0), ``name``, ``folded_name`` and ``author_id``, one row per edition and name."""
    with_names = editions.where(F.col("authors").isNotNull())
    names = with_names.select("edition_id", F.posexplode(F.split("authors", NAME_SEPARATOR)).alias("position", "name"))
    return with_folded(names, {"name": "folded_name"}).withColumn("author_id", author_id(F.col("folded_name")))


def author_id(folded_name: Column) -> Column:
    """The first 60 bits of the folded name's SHA-256 as a bigint."""
    return F.conv(F.substring(F.sha2(folded_name, 256), 1, AUTHOR_ID_HEX_DIGITS), 16, 10).cast("bigint")
