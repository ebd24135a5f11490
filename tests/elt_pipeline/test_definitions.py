"""What Dagit does with the definitions: a year alone, ten years as one run, a failing check, and green again. Minutes long."""

import threading
from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest
import requests

from elt_pipeline.commands.servers import running, servers_of
from elt_pipeline.contracts import bronze, gold
from elt_pipeline.dagster_home import open_instance
from elt_pipeline.jobs import EVERY_YEAR
from elt_pipeline.run_processes import PROCESS_TAG
from elt_pipeline.storage.postgres.postgres_server import free_port
from tests.support.booklake import Booklake

pytestmark = pytest.mark.faults

WAIT_SECONDS = 240
REPOSITORY = {"repositoryName": "__repository__", "repositoryLocationName": "elt_pipeline.definitions"}
LAUNCH = """mutation($params: ExecutionParams!) { launchRun(executionParams: $params) {
    ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }"""
BACKFILL = """mutation($params: LaunchBackfillParams!) { launchPartitionBackfill(backfillParams: $params) {
    ... on LaunchBackfillSuccess { backfillId } ... on PythonError { message } } }"""
CHECKS = """query($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode { assetChecksOrError {
    ... on AssetChecks { checks { name executionForLatestMaterialization { runId status } } } } } } }"""
SHOWN = """query($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
    kinds owners { ... on TeamAssetOwner { team } } internalFreshnessPolicy { __typename }
    assetMaterializations(limit: 1) { metadataEntries { label } }
    metadataEntries { label ... on TableSchemaMetadataEntry { schema { columns { name description } } } } } } }"""


class Dagit:
    """The webserver as a person's browser talks to it, and the runs that come of it."""

    def __init__(self, port: int, instance: dg.DagsterInstance) -> None:
        self.url = f"http://127.0.0.1:{port}/graphql"
        self.instance = instance

    def ask(self, query: str, **variables: Any) -> Any:
        answer = requests.post(self.url, json={"query": query, "variables": variables}, timeout=120).json()
        assert "errors" not in answer, answer
        (found,) = answer["data"].values()
        return found

    def launch(self, job: str, tags: dict[str, str], assets: list[list[str]] | None = None) -> dg.DagsterRun:
        selected = {"assetSelection": [{"path": path} for path in assets]} if assets else {}
        params = {
            "selector": REPOSITORY | {"jobName": job} | selected,
            "mode": "default",
            "executionMetadata": {"tags": [{"key": key, "value": value} for key, value in tags.items()]},
        }
        return self.ended([self.ask(LAUNCH, params=params)["run"]["runId"]])[0]

    def ended(self, run_ids: list[str]) -> list[dg.DagsterRun]:
        until_then = threading.Event()
        for _ in range(WAIT_SECONDS):
            runs = [run for id_ in run_ids if (run := self.instance.get_run_by_id(id_)) and run.is_finished]
            if len(runs) == len(run_ids):
                return runs
            until_then.wait(1)
        raise TimeoutError(f"{run_ids} did not end.")

    def of_backfill(self, backfill_id: str) -> list[dg.DagsterRun]:
        until_then = threading.Event()
        for _ in range(WAIT_SECONDS):
            backfill = self.instance.get_backfill(backfill_id)
            if backfill and backfill.status.value.startswith(("COMPLETED", "FAILED")):
                break
            until_then.wait(1)
        return list(self.instance.get_runs(dg.RunsFilter(tags={"dagster/backfill": backfill_id})))

    def check(self, contract_key: tuple[str, str], name: str) -> tuple[str, str]:
        found = self.ask(CHECKS, key={"path": list(contract_key)})["assetChecksOrError"]["checks"]
        (execution,) = [check["executionForLatestMaterialization"] for check in found if check["name"] == name]
        return execution["runId"], execution["status"]


@pytest.fixture
def dagit(changing: Booklake) -> Iterator[Dagit]:
    settings = changing.settings.model_copy(update={"dagit_port": (port := free_port())})
    servers = [server for server in servers_of(settings, settings.var / "none") if server.name != "app"]
    with open_instance(settings) as instance, running(servers, settings):
        yield Dagit(port, instance)


def test_a_year_alone_ten_years_as_one_run_a_failing_check_and_green_again(dagit: Dagit, changing: Booklake) -> None:
    books = list(bronze.BOOKS.key)
    year = dagit.launch("__ASSET_JOB", {"dagster/partition": "1999"}, [books])
    assert year.status is dg.DagsterRunStatus.SUCCESS
    assert year.tags[PROCESS_TAG]
    years = [str(year) for year in range(1990, 2000)]
    backfill = dagit.ask(BACKFILL, params={"assetSelection": [{"path": books}], "partitionNames": years})
    (run,) = dagit.of_backfill(backfill["backfillId"])
    assert run.status is dg.DagsterRunStatus.SUCCESS
    assert (run.tags["dagster/asset_partition_range_start"], run.tags["dagster/asset_partition_range_end"]) == ("1990", "1999")

    changing.keep_source(changing.settings.var / "whole.db")
    changing.change_source("delete from rating where rowid % 3 = 0", "delete from user_rating where rowid % 3 = 0")
    failed = dagit.launch("refresh", EVERY_YEAR)
    assert failed.status is dg.DagsterRunStatus.FAILURE
    assert dagit.check(gold.RATINGS_BY_WORK.key, "baseline") == (failed.run_id, "FAILED")
    changing.restore_source(changing.settings.var / "whole.db")
    mended = dagit.launch("refresh", EVERY_YEAR)
    assert mended.status is dg.DagsterRunStatus.SUCCESS
    assert dagit.check(gold.RATINGS_BY_WORK.key, "baseline") == (mended.run_id, "SUCCEEDED")


def test_dagit_shows_owners_kinds_columns_and_what_a_table_cost(dagit: Dagit) -> None:
    shown = dagit.ask(SHOWN, key={"path": list(gold.WORKS.key)})
    assert set(shown["kinds"]) == {"spark", "deltalake"}
    assert shown["owners"] == [{"team": "booklake"}]
    (schema,) = [entry["schema"] for entry in shown["metadataEntries"] if entry["label"] == "dagster/column_schema"]
    assert [column["name"] for column in schema["columns"]] == gold.WORKS.column_names
    assert all(column["description"] for column in schema["columns"])
    (made,) = shown["assetMaterializations"]
    labels = {entry["label"] for entry in made["metadataEntries"]}
    assert {"dagster/row_count", "bytes", "seconds", "peak_memory_bytes", "table_version", "engine"} <= labels
    read = dagit.ask(SHOWN, key={"path": ["recommendations", "books"]})
    assert read["internalFreshnessPolicy"]
