"""The maintenance of a whole lake: on record in Dagster, told at the terminal, and nothing to do for the refresh after it."""

import json

import dagster as dg
from click.testing import CliRunner

from elt_pipeline.cli import main
from elt_pipeline.contracts.lake import TABLES
from elt_pipeline.dagster_home import open_instance
from elt_pipeline.maintenance import TOLD
from elt_pipeline.runs import maintain
from tests.support.booklake import Booklake


def test_a_refresh_after_maintenance_finds_nothing_to_do_and_every_row_is_as_it_was(changing: Booklake) -> None:
    hashes = changing.hashes()
    # A second version of the books, and with it files that can be compacted.
    # Of books that come twice the row ingested last stays, and a row that is changed and changed back comes in anew.
    once = "select Id from book group by Id having count(*) = 1"
    changing.change_source(f"update book set pagesNumber = '424' where rowid % 3 = 0 and Id in ({once})")
    changing.refresh()
    changed = changing.hashes()
    assert changed != hashes
    ended, tables = maintain(changing.settings, kept_days=0)
    assert ended.failures == ()
    assert {table.table for table in tables} == {contract.full_name for contract in TABLES}
    assert sum(table.files_removed for table in tables) > 0
    files = changing.lake_files()
    outcomes = changing.outcomes(changing.refresh().run_id)
    assert set(outcomes.values()) == {"unchanged"}
    assert changing.lake_files() == files
    assert changing.hashes() == changed


def test_what_was_done_to_each_table_is_on_record_at_its_asset(booklake: Booklake) -> None:
    result = CliRunner().invoke(main, ["--env-file=", "maintain", "--json"], env={"VAR_DIR": str(booklake.settings.var)})
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout[result.stdout.index("\n{") :])  # The log of this test is beside it.
    by_table = {table.pop("table"): table for table in told["tables"]}
    with open_instance(booklake.settings) as instance:
        seen = instance.fetch_observations(dg.AssetKey(["gold", "works"]), limit=1).records[0]
    assert seen.run_id == told["run_id"]
    observation = seen.event_log_entry.asset_observation
    assert observation is not None
    assert {name: observation.metadata[name].value for name in TOLD} == by_table["gold.works"]
    assert booklake.ask("select command, outcome from ops.runs where run_id = %s", told["run_id"]) == [
        ("maintenance", "succeeded")
    ]


def test_the_versions_of_a_table_are_listed_by_run(booklake: Booklake) -> None:
    variables = {"VAR_DIR": str(booklake.settings.var)}
    result = CliRunner().invoke(main, ["--env-file=", "history", "gold.works", "--json"], env=variables)
    assert result.exit_code == 0, result.output
    newest = json.loads(result.stdout)[0]
    assert newest["can_be_read"]
    assert newest["row_count"] == booklake.ask("select count(*) from gold.works")[0][0]
    assert booklake.ask("select count(*) from ops.runs where run_id = %s", newest["run_id"]) == [(1,)]
    in_words = CliRunner().invoke(main, ["--env-file=", "history", "gold.works", "--last", "1"], env=variables).output
    assert in_words.splitlines()[-1].split()[:1] == [str(newest["version"])]
    unknown = CliRunner().invoke(main, ["--env-file=", "history", "gold.work"], env=variables)
    assert unknown.exit_code == 2
    assert "gold.work is no table of the lake. These are: bronze.books" in unknown.output
