"""What an asset over the lake gets from its contract and its annotations, whichever engine makes it."""

from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from deltalake import write_deltalake
from pyspark.sql import DataFrame

from elt_pipeline.assets.options import lake_asset, table_metadata
from elt_pipeline.contracts import gold, silver
from elt_pipeline.storage.cost import Cost
from elt_pipeline.storage.delta.commits import Fingerprint, Stamp
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.polars_writer import replace_changed
from elt_pipeline.storage.delta.upkeep import Kept
from elt_pipeline.storage.spark_pages import SparkPages

PAIRS = (gold.SIMILAR_WORKS, ("numpy",))


@lake_asset(*PAIRS, ratings=gold.RATINGS_BY_WORK)
def similar_works(ratings: pl.LazyFrame) -> pl.LazyFrame:
    """One row per work and similar work. Works of one reader, for the test."""
    pairs = ratings.join(ratings, on="reader_id").filter(pl.col("work_id") != pl.col("work_id_right"))
    return pairs.select(
        "work_id",
        pl.col("work_id_right").alias("similar_work_id"),
        kind=pl.lit("ratings"),
        shared=pl.lit(None, pl.String),
        similarity_rank=1,
        weight=0.5,
    )


def rate(lake: Lake, *rows: tuple[int, str, int]) -> None:
    schema = gold.RATINGS_BY_WORK.polars_schema
    write_deltalake(lake.url_of(gold.RATINGS_BY_WORK), pl.DataFrame(rows, schema=schema, orient="row"), mode="overwrite")


def materialized(lake: Lake, asset: dg.AssetsDefinition = similar_works) -> dict[str, object]:
    result = dg.materialize([asset], resources={"lake": dg.ResourceDefinition.hardcoded_resource(lake)})
    (made,) = result.asset_materializations_for_node(asset.node_def.name)
    return {name: value.value for name, value in made.metadata.items()}


def test_an_asset_of_polars_frames_is_written_once_and_says_so(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path), None)
    rate(lake, (1, "rating:1", 5), (2, "rating:1", 4))
    first, second = materialized(lake), materialized(lake)
    assert (first["outcome"], first["dagster/row_count"], first["engine"]) == ("written", 2, "Polars")
    assert (second["outcome"], second["table_version"]) == ("unchanged", first["table_version"])
    assert {"bytes", "seconds", "peak_memory_bytes"} <= first.keys()
    rate(lake, (1, "rating:1", 5), (2, "rating:1", 3))
    third, fourth = materialized(lake), materialized(lake)
    assert (third["outcome"], third["table_version"]) == ("unchanged", 1)
    assert fourth["table_version"] == 1


def test_what_spark_has_written_links_to_its_work_and_what_stands_unchanged_does_not(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path), None, spark_pages=SparkPages(ui_url="http://127.0.0.1:4040"))
    write_deltalake(lake.url_of(silver.GENRES), pl.DataFrame(schema=silver.GENRES.polars_schema))

    @lake_asset(gold.GENRES, genres=silver.GENRES)
    def genres(genres: DataFrame) -> DataFrame:
        """One row per genre."""
        return genres

    first, second = materialized(lake, genres), materialized(lake, genres)
    assert str(first["spark_ui"]).startswith("http://127.0.0.1:4040/connect/session/?id=")
    assert "spark_ui" not in second


def test_the_engine_of_an_asset_is_what_it_returns() -> None:
    assert similar_works.specs_by_key[dg.AssetKey(gold.SIMILAR_WORKS.key)].kinds == {"polars", "deltalake"}

    @lake_asset(gold.AUTHORS, authors=silver.AUTHORS)
    def authors(authors: DataFrame) -> DataFrame:
        """One row per author."""
        return authors

    assert authors.specs_by_key[dg.AssetKey(gold.AUTHORS.key)].kinds == {"spark", "deltalake"}


def test_a_package_that_decides_the_result_is_part_of_the_code_version() -> None:
    def made(works: pl.LazyFrame) -> pl.LazyFrame:
        """One row per work."""
        return works

    with_numpy, without = (lake_asset(gold.WORKS, packages, works=silver.WORKS)(made) for packages in (("numpy",), ()))
    key = dg.AssetKey(gold.WORKS.key)
    assert with_numpy.code_versions_by_key[key] != without.code_versions_by_key[key]


def test_a_function_that_names_no_engine_is_refused() -> None:
    def made(works: pl.LazyFrame) -> object:
        return works

    with pytest.raises(TypeError, match=r"annotate what it returns as pyspark.sql.DataFrame or polars.LazyFrame"):
        lake_asset(gold.WORKS, works=silver.WORKS)(made)  # type: ignore[arg-type]


def test_the_table_of_rejected_rows_counts_them_by_source_table(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path), None)
    blank = dict.fromkeys(silver.REJECTED_ROWS.column_names)
    rows = [
        {**blank, "rejected_row_id": str(number), "source_table": table}
        for number, table in enumerate(("book", "book", "rating"))
    ]
    frame = pl.LazyFrame(rows, schema=silver.REJECTED_ROWS.polars_schema)
    replace_changed(silver.REJECTED_ROWS, lake.url_of(silver.REJECTED_ROWS), frame, Stamp("run", Fingerprint("code")), None)
    commit = lake.commit_of(silver.REJECTED_ROWS)
    assert commit is not None
    told = table_metadata(silver.REJECTED_ROWS, lake, Kept("written", commit, Cost(0.5, 10)), "Polars")
    assert {name: value.value for name, value in told.items() if name.startswith("rejected")} == {
        "rejected_rows_of_book": 2,
        "rejected_rows_of_rating": 1,
    }
