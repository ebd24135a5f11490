"""The refresh as a whole: what it keeps, what it leaves alone, and how it fails."""

import json
import stat
from collections import Counter
from datetime import date
from typing import Any

import polars as pl
import pytest

from catalogue.search import search_books
from elt_pipeline.commands.lake_questions import recorded_rows
from elt_pipeline.commands.questions import asking, example_answers
from elt_pipeline.contracts import bronze, silver, source
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.runs import refresh
from elt_pipeline.session import lake_of
from elt_pipeline.storage.postgres.next_schema import finish_next, is_loaded, start_next
from tests.support.booklake import Booklake

IN_POSTGRES = ("warehouse.gold", "warehouse.publication", "recommendations.books", "recommendations.editions")


@pytest.fixture(scope="session")
def answer_key(booklake: Booklake) -> dict[str, Any]:
    key: dict[str, Any] = json.loads((booklake.dataset / "answer_key.json").read_text(encoding="utf-8"))
    return key


def ledger_of(booklake: Booklake) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for table, outcome, row_count in booklake.ask("select source_table, outcome, row_count from gold.row_ledger"):
        counts[str(table), str(outcome)] += int(str(row_count))
    return counts


def test_the_ledger_is_that_of_the_answer_key_where_it_follows_directly(booklake: Booklake, answer_key: dict[str, Any]) -> None:
    counts = ledger_of(booklake)
    for table in ("book", "rating", "genre", "book_download_link"):
        key = answer_key["tables"][table]
        assert counts[table, "read"] == key["rows_in"]
        assert counts[table, "kept"] == key["kept"]
        assert counts[table, "merged"] == sum(key["merged"].values())
        assert counts[table, "rejected"] == sum(key["rejected"].values()) + sum(key["bad_lines"].values())


def test_what_came_in_is_what_was_kept_merged_and_rejected(booklake: Booklake) -> None:
    counts = ledger_of(booklake)
    tables = {table for table, _ in counts}
    assert tables == {table.name for table in source.FILE_TABLES}
    for table in tables:
        assert counts[table, "read"] == counts[table, "kept"] + counts[table, "merged"] + counts[table, "rejected"]


@pytest.mark.parametrize(("outcome", "table"), [("rejected", silver.REJECTED_ROWS), ("merged", silver.MERGED_ROWS)])
def test_behind_every_count_stand_the_rows_themselves(booklake: Booklake, outcome: str, table: TableContract) -> None:
    rows = Counter((row.source_table, row.reason) for row in recorded_rows(booklake.settings, table, max_rows=10_000))
    counted = booklake.ask(
        "select source_table, reason, row_count from gold.row_ledger where outcome = %s and row_count > 0", outcome
    )
    assert rows == {(str(table), str(reason)): int(str(count)) for table, reason, count in counted}


def test_swapped_dates_are_repaired_in_the_swapped_files_and_nowhere_else(booklake: Booklake, answer_key: dict[str, Any]) -> None:
    true_dates = {edition["edition_id"]: edition["publish_date"] for edition in answer_key["editions"]}
    found = booklake.ask("select edition_id, publish_date from gold.editions where publish_date is not null")
    assert {edition: str(day) for edition, day in found} == {edition: true_dates[edition] for edition, _ in found}
    assert all(isinstance(day, date) for _, day in found)
    assert len(found) >= 0.95 * len(true_dates)


def test_a_misspelt_title_finds_its_book(booklake: Booklake) -> None:
    with asking(booklake.settings) as connection:
        found = search_books(connection, "hary poter")
    assert found[0].title.startswith("Harry Potter")
    assert found[0].corrected_query == "harry potter"


def test_the_demos_examples_have_a_correction_and_true_reasons(booklake: Booklake) -> None:
    with asking(booklake.settings) as connection:
        shown = example_answers(connection)
    assert shown.found[0].corrected_query
    liked = set(shown.liked)
    assert shown.recommended
    for book in shown.recommended:
        assert book.work_id not in liked
        assert {reason.work_id for reason in book.reasons} <= liked
        assert sum(reason.share for reason in book.reasons if reason.direction == "for") == pytest.approx(1, abs=1e-5)


def test_a_second_refresh_writes_no_byte_and_starts_neither_load_nor_dbt(booklake: Booklake) -> None:
    before = booklake.lake_files()
    ended = booklake.refresh()
    assert booklake.lake_files() == before
    outcomes = booklake.outcomes(ended.run_id)
    assert set(outcomes.values()) == {"unchanged"}
    assert set(IN_POSTGRES) <= outcomes.keys()
    assert booklake.ask("select asset from ops.timings where run_id = %s and peak_memory_bytes is null", ended.run_id) == []


def test_ten_changed_rows_rewrite_only_their_own_years(changing: Booklake) -> None:
    years = [str(year) for (year,) in changing.ask_source("select PublishYear from book where Id glob '[0-9]*' limit 10")]
    ids = [str(id_) for (id_,) in changing.ask_source("select Id from book where Id glob '[0-9]*' limit 10")]
    before = set(changing.lake_files())
    changing.change_source(f"update book set CountsOfReview = '424242' where Id in ({', '.join(map(repr, ids))})")
    changing.refresh()
    added = [name for name in set(changing.lake_files()) - before if "/bronze/" in name and name.endswith(".parquet")]
    partitions = {name.split("_publish_partition=")[1].split("/")[0] for name in added}
    expected = {year if year in bronze.PUBLISH_PARTITIONS else "before_1975" for year in years}
    assert partitions == expected
    reviewed = lake_of(changing.settings).scan(silver.EDITIONS).filter(pl.col("review_count") == 424_242)
    assert reviewed.collect().height == 10


def test_shuffled_rows_and_columns_give_the_same_tables(changing: Booklake) -> None:
    before = changing.hashes()
    for table in ("book", "rating", "user_rating", "load_reject"):
        columns = [str(name) for (name,) in changing.ask_source(f"select name from pragma_table_info('{table}')")]
        reversed_columns = ", ".join(f'"{name}"' for name in reversed(columns))
        changing.change_source(
            f"create table shuffled as select {reversed_columns} from {table} order by random()",
            f"drop table {table}",
            f"alter table shuffled rename to {table}",
        )
    changing.refresh()
    assert changing.hashes() == before


def test_a_missing_column_fails_the_run_and_leaves_what_people_read(changing: Booklake) -> None:
    before = changing.ask("select count(*), sum(work_id) from recommendations.books")
    changing.change_source('alter table book rename column "ISBN" to "Number"')
    ended = refresh(changing.settings)
    assert any("`book`: missing column `ISBN`" in failure for failure in ended.failures)
    assert changing.ask("select count(*), sum(work_id) from recommendations.books") == before
    assert changing.ask("select outcome from ops.runs where run_id = %s", ended.run_id) == [("failed",)]
    failed = "select asset, seconds > 0 from ops.timings where run_id = %s and outcome = 'failed'"
    assert changing.ask(failed, ended.run_id) == [("bronze.books", True)]


def test_a_new_column_of_the_source_is_kept_in_bronze_alone(changing: Booklake) -> None:
    changing.change_source("alter table book add column Shelf text", "update book set Shelf = 'SF'")
    changing.refresh()
    lake = lake_of(changing.settings)
    assert lake.scan(bronze.BOOKS).select(pl.col("Shelf").unique()).collect()["Shelf"].to_list() == ["SF"]
    assert "Shelf" not in source.BOOK.columns


def test_passwords_stand_only_in_the_files_that_keep_them(booklake: Booklake) -> None:
    secrets = json.loads((booklake.settings.var / "secrets.json").read_text(encoding="utf-8")).values()
    keepers = {"secrets.json", "secrets.toml", "profiles.yml"}
    files = [file for file in booklake.settings.var.rglob("*") if file.is_file() and not file.is_symlink()]
    holding = {file for file in files for secret in secrets if secret.encode() in file.read_bytes()}
    assert {file.name for file in holding} <= keepers
    assert {stat.S_IMODE(file.stat().st_mode) for file in holding} == {0o600}


def test_a_next_schema_of_a_run_that_was_stopped_is_not_published_later(booklake: Booklake) -> None:
    before = booklake.ask("select count(*) from recommendations.books")
    start_next(booklake.warehouse, "recommendations")
    finish_next(booklake.warehouse, "recommendations", "of an edit that was taken back", "a stopped run")
    booklake.refresh()
    assert booklake.ask("select count(*) from recommendations.books") == before
    assert not is_loaded(booklake.warehouse, "recommendations_next", "of an edit that was taken back")


def test_a_source_without_books_is_never_published_over_one_with_books(changing: Booklake) -> None:
    before = changing.ask("select count(*) from recommendations.books")
    changing.change_source("delete from book")
    ended = refresh(changing.settings)
    assert any("gold.works is empty" in failure for failure in ended.failures), ended.failures
    assert changing.ask("select count(*) from recommendations.books") == before
