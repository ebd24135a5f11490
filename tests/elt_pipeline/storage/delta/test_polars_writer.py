"""Bronze's writes: only the partitions whose rows changed, in one commit."""

import random
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from elt_pipeline.contracts import bronze, gold
from elt_pipeline.contracts.table import Column, ColumnType, ContractViolation, TableContract, Write
from elt_pipeline.storage.delta.commits import Fingerprint, Stamp, last_commit, open_table
from elt_pipeline.storage.delta.content_hash import content_hash
from elt_pipeline.storage.delta.polars_writer import append, replace_changed
from elt_pipeline.storage.delta.versions import stored_files

STAMP = Stamp("a run", Fingerprint("code"))
YEARLY = TableContract(
    layer="bronze",
    name="yearly",
    grain="One row per line.",
    columns=(
        Column("title", ColumnType.STRING, "Any text."),
        *bronze.PROVENANCE,
        Column("_year", ColumnType.STRING, "The partition.", nullable=False),
    ),
    write=Write.REPLACE_PARTITIONS,
    partition_column="_year",
)

WIDER = replace(YEARLY, columns=(*YEARLY.columns, Column("_origin", ColumnType.STRING, "Ours, and new.")))


def lines(*rows: tuple[str | None, str], file: str = "a.csv") -> pl.LazyFrame:
    frame = pl.LazyFrame(rows, schema={"title": pl.String, "_year": pl.String}, orient="row")
    return frame.with_columns(_source_file=pl.lit(file), _source_line=pl.int_range(2, pl.len() + 2).cast(pl.Int64))


def parquet_files(url: str) -> set[str]:
    return {name for name in stored_files(url) if name.endswith(".parquet")}


def titles(url: str) -> list[str | None]:
    return sorted(pl.read_delta(url)["title"].to_list(), key=str)


@pytest.fixture
def url(place: str) -> str:
    return f"{place}/yearly"


def test_a_second_write_of_the_same_rows_writes_no_byte(url: str) -> None:
    assert replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Emma", "1815")), STAMP, None)
    before = stored_files(url)
    assert not replace_changed(YEARLY, url, lines(("Emma", "1815"), ("Dune", "1965")), STAMP, None)
    assert stored_files(url) == before


def test_a_changed_row_rewrites_its_own_partition_alone(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Emma", "1815")), STAMP, None)
    before = parquet_files(url)
    replace_changed(YEARLY, url, lines(("Dune!", "1965"), ("Emma", "1815")), STAMP, None)
    assert {name.split("/")[0] for name in parquet_files(url) - before} == {"_year=1965"}
    assert titles(url) == ["Dune!", "Emma"]


def test_a_row_that_moves_to_another_year_leaves_its_old_one(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Emma", "1815")), STAMP, None)
    replace_changed(YEARLY, url, lines(("Dune", "1815"), ("Emma", "1815")), STAMP, None)
    assert pl.read_delta(url).sort("title").select("title", "_year").rows() == [("Dune", "1815"), ("Emma", "1815")]


def test_a_partition_that_was_not_asked_for_stays_and_is_caught_up_later(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Emma", "1815")), STAMP, None)
    newer = lines(("Dune!", "1965"), ("Emma!", "1815"))
    assert replace_changed(YEARLY, url, newer, STAMP, ["1965"])
    assert titles(url) == ["Dune!", "Emma"]
    assert replace_changed(YEARLY, url, newer, STAMP, None)
    assert titles(url) == ["Dune!", "Emma!"]


def test_an_emptied_partition_loses_its_rows(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Emma", "1815")), STAMP, None)
    replace_changed(YEARLY, url, lines(("Emma", "1815")), STAMP, None)
    assert titles(url) == ["Emma"]
    assert last_commit(url).stamp.partition_hashes.keys() == {"1815"}  # type: ignore[union-attr]


def test_a_row_that_stays_keeps_the_time_of_its_ingestion(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Ubik", "1965")), STAMP, None)
    first = dict(pl.read_delta(url).select("title", "_ingested_at").rows())
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Solaris", "1965")), STAMP, None)
    second = dict(pl.read_delta(url).select("title", "_ingested_at").rows())
    assert second["Dune"] == first["Dune"]
    assert second["Solaris"] > first["Ubik"]


def test_a_new_column_of_the_source_is_kept(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Emma", "1815")), STAMP, None)
    wider = lines(("Dune", "1965"), ("Emma", "1815")).with_columns(Shelf=pl.lit("SF"))
    replace_changed(YEARLY, url, wider, STAMP, None)
    assert pl.read_delta(url)["Shelf"].to_list() == ["SF", "SF"]


def test_a_missing_column_is_refused_and_nothing_is_written(url: str) -> None:
    with pytest.raises(ContractViolation, match="missing column `title`"):
        replace_changed(YEARLY, url, lines(("Dune", "1965")).drop("title"), STAMP, None)
    assert open_table(url) is None


def test_a_commit_that_is_not_ours_is_overwritten_by_the_source(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965")), STAMP, None)
    pl.read_delta(url).with_columns(title=pl.lit("Vandal")).write_delta(url, mode="overwrite")
    assert replace_changed(YEARLY, url, lines(("Dune", "1965")), STAMP, None)
    assert titles(url) == ["Dune"]


def test_a_year_after_somebody_elses_commit_leaves_the_others_to_the_next_whole_run(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Emma", "1815"), ("Gone", "1900")), STAMP, None)
    pl.read_delta(url).write_delta(url, mode="overwrite")
    now = lines(("Dune!", "1965"), ("Emma", "1815"))
    assert replace_changed(YEARLY, url, now, STAMP, ["1965"])
    assert titles(url) == ["Dune!", "Emma", "Gone"]
    assert replace_changed(YEARLY, url, now, STAMP, None)
    assert titles(url) == ["Dune!", "Emma"]
    assert not replace_changed(YEARLY, url, now, STAMP, None)


def test_a_year_that_stays_unknown_is_rewritten_when_it_is_asked_for(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Gone", "1900")), STAMP, None)
    pl.read_delta(url).write_delta(url, mode="overwrite")
    for year, left in (("1965", ["Dune", "Gone"]), ("1900", ["Dune"])):
        assert replace_changed(YEARLY, url, lines(("Dune", "1965")), STAMP, [year])
        assert titles(url) == left


def test_somebody_elses_commit_to_a_table_without_partitions_is_overwritten_even_by_nothing(url: str) -> None:
    whole = replace(YEARLY, partition_column=None, write=Write.OVERWRITE)
    replace_changed(whole, url, lines(("Dune", "1965")), STAMP, None)
    pl.read_delta(url).write_delta(url, mode="append")
    assert replace_changed(whole, url, lines(("Dune", "1965")).head(0), STAMP, None)
    assert titles(url) == []


def test_a_column_that_the_contract_gains_reaches_rows_that_did_not_change(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Emma", "1815")), STAMP, None)
    ingested = pl.read_delta(url).sort("title")["_ingested_at"].to_list()
    wider = lines(("Dune", "1965"), ("Emma", "1815")).with_columns(_origin=pl.lit("shop"))
    assert replace_changed(WIDER, url, wider, STAMP, None)
    found = pl.read_delta(url).sort("title")
    assert found.select("title", "_origin").rows() == [("Dune", "shop"), ("Emma", "shop")]
    assert found["_ingested_at"].to_list() == ingested
    assert not replace_changed(WIDER, url, wider, STAMP, None)


def test_a_column_of_another_type_is_rewritten_even_where_the_source_is_empty(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965")), STAMP, None)
    pl.read_delta(url).with_columns(_ingested_at=pl.lit("yesterday")).write_delta(
        url, mode="overwrite", delta_write_options={"schema_mode": "overwrite"}
    )
    assert replace_changed(YEARLY, url, lines(("Dune", "1965")).head(0), STAMP, None)
    assert pl.read_delta(url).schema["_ingested_at"] == pl.Datetime("us", "UTC")


def test_one_year_of_a_contract_that_changed_is_refused_and_nothing_is_written(url: str) -> None:
    replace_changed(YEARLY, url, lines(("Dune", "1965"), ("Emma", "1815")), STAMP, None)
    wider = lines(("Dune!", "1965"), ("Emma", "1815")).with_columns(_origin=pl.lit("shop"))
    with pytest.raises(ContractViolation, match=r"bronze\.yearly stands .* Refresh all years once with `booklake refresh`"):
        replace_changed(WIDER, url, wider, STAMP, ["1965"])
    assert titles(url) == ["Dune", "Emma"]


def test_appended_rows_are_added(url: str) -> None:
    rows = lines(("Dune", "1965")).with_columns(_ingested_at=pl.lit(0).cast(pl.Datetime("us", "UTC")))
    append(YEARLY, url, rows, STAMP)
    append(YEARLY, url, rows, STAMP)
    assert titles(url) == ["Dune", "Dune"]


def test_shuffled_rows_give_the_same_content_hash(place: str, rng: random.Random) -> None:
    rows: list[tuple[str | None, str]] = [(f"Title {number}", str(1970 + number % 7)) for number in range(200)]
    hashes = set()
    for attempt in range(3):
        url = f"{place}/{attempt}"
        replace_changed(YEARLY, url, lines(*rows), STAMP, None)
        hashes.add(content_hash(YEARLY, pl.scan_delta(url)))
        rng.shuffle(rows)
    assert len(hashes) == 1


def test_a_computed_table_whose_rows_stay_says_what_it_is_now_made_from(url: str) -> None:
    schema = gold.SIMILAR_WORKS.polars_schema
    rows = pl.LazyFrame(
        [(1, 2, "ratings", None, 1, 0.5), (2, 1, "content", "genre poetry", 1, 0.25)], schema=schema, orient="row"
    )
    assert replace_changed(gold.SIMILAR_WORKS, url, rows, Stamp("one", Fingerprint("code", {"gold.works": "a@1"})), None)
    first = last_commit(url)
    assert not replace_changed(
        gold.SIMILAR_WORKS, url, rows.reverse(), Stamp("two", Fingerprint("code", {"gold.works": "a@2"})), None
    )
    second = last_commit(url)
    assert first is not None
    assert second is not None
    assert second.stamp is not None
    assert second.stamp.fingerprint.inputs == {"gold.works": "a@2"}
    assert second.content_id == first.content_id
    assert replace_changed(gold.SIMILAR_WORKS, url, rows.head(1), STAMP, None)
    assert pl.read_delta(url).rows() == [(1, 2, "ratings", None, 1, 0.5)]


def test_a_frame_that_fails_on_its_way_leaves_the_table_as_it_was(url: str, tmp_path: Path) -> None:
    def fail(_: pl.DataFrame) -> pl.DataFrame:
        raise InterruptedError("the source went away")

    replace_changed(YEARLY, url, lines(("Dune", "1965")), STAMP, None)
    before = parquet_files(url)
    with pytest.raises(InterruptedError, match="the source went away"):
        replace_changed(YEARLY, url, lines(("Emma", "1815")).map_batches(fail), STAMP, None, tmp_path / "scratch")
    assert parquet_files(url) == before
    assert not (tmp_path / "scratch").exists()
