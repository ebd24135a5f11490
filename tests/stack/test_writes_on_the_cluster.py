"""What a write promises on Sail it keeps on the cluster: tables of a folder, made by the Spark server of the real stack."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from elt_pipeline.contracts.table import Column, ColumnType, TableContract, Write
from elt_pipeline.storage.delta.commits import Commit
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.upkeep import Kept, Recipe, bring_up_to_date
from elt_pipeline.storage.engine import close_spark
from tests.support.real_stack import RealStack

pytestmark = pytest.mark.stack

NAME = Column("name", ColumnType.STRING, "Any text.", nullable=False)
BRONZE = TableContract(layer="bronze", name="names", grain="One row per name.", columns=(NAME,), write=Write.OVERWRITE)
SILVER = TableContract(
    layer="silver", name="names", grain="One row per name.", primary_key=("name",), columns=(NAME,), write=Write.MERGE
)


@pytest.fixture(scope="module")
def remote(real_stack: RealStack) -> Iterator[str]:
    with real_stack.settings() as servers:
        remote = str(servers.pipeline.spark_remote)
    yield remote
    close_spark(remote)


@pytest.fixture
def lake(remote: str, tmp_path: Path) -> Lake:
    return Lake(str(tmp_path), remote)


def extract(lake: Lake, *names: str) -> None:
    frame = pl.LazyFrame({"name": names}, schema={"name": pl.String})
    bring_up_to_date(lake, Recipe(BRONZE, (), "code", lambda: frame), "a run")


def compute(lake: Lake, code_version: str) -> Kept:
    return bring_up_to_date(lake, Recipe(SILVER, (BRONZE,), code_version, lambda: lake.read(BRONZE)), "a run")


def standing(lake: Lake) -> Commit:
    commit = lake.commit_of(SILVER)
    assert commit is not None
    return commit


def test_a_table_that_is_computed_again_to_equal_rows_keeps_its_content_version(lake: Lake) -> None:
    extract(lake, "Dune", "Emma")
    assert compute(lake, "code").outcome == "written"
    before = standing(lake)
    assert compute(lake, "changed code").outcome == "unchanged"
    after = standing(lake)
    assert after.content_id == before.content_id
    assert after.version > before.version
    assert compute(lake, "changed code").outcome == "unchanged"
    assert standing(lake).version == after.version


def test_a_table_whose_rows_change_has_a_new_content_version_and_just_those_rows(lake: Lake) -> None:
    extract(lake, "Dune", "Emma")
    compute(lake, "code")
    before = standing(lake)
    extract(lake, "Dune", "Ulysses")
    assert compute(lake, "code").outcome == "written"
    assert standing(lake).content_id != before.content_id
    assert set(lake.scan(SILVER).collect()["name"]) == {"Dune", "Ulysses"}
