"""A refresh that would publish far fewer rows is held back until a person accepts it."""

import click
import dagster as dg
import polars as pl
import pytest
from click.testing import CliRunner

from elt_pipeline.baseline_checks import measure, measure_names, verdict
from elt_pipeline.cli import main
from elt_pipeline.commands import doing
from elt_pipeline.contracts import bronze, gold
from elt_pipeline.runs import refresh
from elt_pipeline.transforms.baselines import Change
from tests.support.booklake import Booklake

PUBLISHED = "select count(*) from gold.ratings_by_work"
RATINGS = "gold.ratings_by_work.row_count"


def test_a_table_is_measured_by_its_rows_and_its_nulls() -> None:
    rows = [(1, "Ada", "ada"), (2, None, "bob")]
    frame = pl.LazyFrame(rows, schema=gold.AUTHORS.polars_schema, orient="row")
    assert measure(gold.AUTHORS, frame)["gold.authors.row_count"] == 2
    raw = pl.LazyFrame([("1", None), ("2", None), ("3", "x")], schema=bronze.LOAD_REJECTS.column_names[:2], orient="row")
    found = measure(bronze.LOAD_REJECTS, raw.with_columns(_source_file=None, _source_line=1))
    assert found["bronze.load_rejects.text.null_share"] == pytest.approx(2 / 3)
    empty = measure(gold.WORKS, pl.LazyFrame(schema=gold.WORKS.polars_schema))
    assert empty == {"gold.works.row_count": 0.0}, "a share of no rows would be the fewest nulls ever"


def test_a_fall_in_bronze_is_told_and_one_in_gold_holds_back() -> None:
    fall = Change("row_count", 100, 50, holds_back=True)
    warned, held, accepted = (
        verdict(contract, [fall], known) for contract, known in ((bronze.BOOKS, []), (gold.WORKS, []), (gold.WORKS, [fall]))
    )
    assert (warned.passed, warned.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert (held.passed, held.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert accepted.passed
    assert str(warned.description).endswith("It is told until it is accepted: `booklake refresh --accept row_count`.")


def test_a_refresh_that_lost_a_third_of_the_ratings_is_held_back_until_that_is_accepted(changing: Booklake) -> None:
    (before,) = changing.ask(PUBLISHED)
    changing.change_source("delete from rating where rowid % 3 = 0", "delete from user_rating where rowid % 3 = 0")
    for _ in range(2):  # The second finds nothing to compute, and is held back by what the first left in the lake.
        held = refresh(changing.settings)
        assert any(failure.startswith("gold.ratings_by_work, check baseline:") for failure in held.failures)
        assert any(f"`booklake refresh --accept {RATINGS}`" in failure for failure in held.failures)
        assert any(warning.startswith("bronze.ratings, check baseline:") for warning in held.warnings)
        assert changing.ask(PUBLISHED) == [before]
    accepted = refresh(changing.settings, ["gold.ratings_by_work"])
    assert accepted.failures == ()
    (after,) = changing.ask(PUBLISHED)
    assert after < before
    record = "select measure, baseline, value from ops.accepted_changes where run_id = %s"
    assert changing.ask(record, accepted.run_id) == [(RATINGS, *before, *after)]
    assert refresh(changing.settings).failures == ()


def test_a_name_that_no_measure_has_is_refused_before_anything_runs() -> None:
    assert {RATINGS, "gold.works.series_name.null_share"} <= set(measure_names())
    result = CliRunner().invoke(main, ["--env-file=", "refresh", "--accept", "gold.wroks"])
    assert result.exit_code == 2
    assert "gold.wroks names no measure" in result.output


@pytest.mark.parametrize("name", ["gold.similar_works.ndcg@10", "gold.similar_works", "gold.works"])
def test_a_name_that_a_check_advises_is_taken(name: str) -> None:
    context = click.Context(doing.refresh)
    assert doing.refresh.make_context("refresh", ["--accept", name], parent=context).params["accepted"] == (name,)


def test_small_losses_add_up_until_one_is_accepted(changing: Booklake) -> None:
    for _ in range(2):
        changing.change_source("delete from rating where rowid % 7 = 0", "delete from user_rating where rowid % 7 = 0")
        changing.change_source("vacuum")
        ended = refresh(changing.settings)
    assert [failure for failure in ended.failures if failure.startswith("gold.ratings_by_work, check baseline:")]
