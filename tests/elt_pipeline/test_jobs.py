"""What can be launched: which tables each job brings up to date, and the day's schedule, off until somebody wants it."""

import dagster as dg

from elt_pipeline.assets.marts import MARTS
from elt_pipeline.commands.doing import maintain
from elt_pipeline.contracts import gold
from elt_pipeline.definitions import compose
from elt_pipeline.jobs import EVERY_YEAR
from elt_pipeline.maintenance import KEPT_DAYS, Retention
from elt_pipeline.settings import Settings

DEFINITIONS = compose(Settings())


def selected(job: str) -> set[str]:
    return {".".join(key.path) for key in DEFINITIONS.resolve_job_def(job).asset_layer.selected_asset_keys}


def test_the_books_are_all_that_they_decide_in_the_lake() -> None:
    chosen = selected("refresh_books")
    assert {"bronze.books", "silver.editions", "silver.ratings", "silver.rejected_rows", "gold.row_ledger"} <= chosen
    assert {name for name in chosen if name.startswith("bronze.")} == {"bronze.books"}
    assert {contract.full_name for contract in (gold.WORKS, gold.EDITIONS, gold.AUTHORS, gold.WORK_AUTHORS)} <= chosen
    assert not {name for name in chosen if name.startswith(("warehouse.", "recommendations."))}


def test_the_recommendations_are_every_mart_and_the_publication() -> None:
    assert selected("refresh_recommendations") == {f"recommendations.{mart}" for mart in MARTS} | {"warehouse.publication"}


def test_the_refresh_of_each_day_is_one_run_over_every_year_and_off_at_first() -> None:
    schedule = DEFINITIONS.resolve_schedule_def("daily_refresh")
    assert schedule.default_status is dg.DefaultScheduleStatus.STOPPED
    assert schedule.job_name == "refresh"
    assert EVERY_YEAR.items() <= DEFINITIONS.resolve_job_def("refresh").run_tags.items()


def test_the_maintenance_of_each_week_keeps_thirty_days_and_is_off_at_first() -> None:
    schedule = DEFINITIONS.resolve_schedule_def("weekly_maintenance")
    assert schedule.default_status is dg.DefaultScheduleStatus.STOPPED
    assert schedule.job_name == "maintenance"
    assert Retention().kept_days == KEPT_DAYS == 30
    assert {option.name: option.default for option in maintain.params}["kept_days"] == KEPT_DAYS


def test_what_people_read_has_a_freshness_policy() -> None:
    specs = {".".join(spec.key.path): spec for spec in DEFINITIONS.resolve_all_asset_specs()}
    dated = {name for name, spec in specs.items() if spec.freshness_policy}
    assert dated == {f"recommendations.{mart}" for mart in MARTS} | {"warehouse.publication"}
