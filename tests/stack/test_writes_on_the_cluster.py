"""What a write promises on Sail it keeps on the cluster: tables of a folder, made by the Spark server of the real stack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from elt_pipeline.storage.delta.commits import Commit
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.delta.upkeep import bring_up_to_date
from elt_pipeline.storage.engine import close_spark
from tests.support.real_stack import RealStack
from tests.support.tables_of_names import SILVER, computed, names, source

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def remote(real_stack: RealStack) -> Iterator[str]:
    with real_stack.settings() as servers:
        remote = str(servers.pipeline.spark_remote)
    yield remote
    close_spark(remote)


@pytest.fixture
def lake(remote: str, tmp_path: Path) -> Lake:
    return Lake(str(tmp_path), remote)


def standing(lake: Lake) -> Commit:
    commit = lake.commit_of(SILVER)
    assert commit is not None
    return commit


def test_a_table_that_is_computed_again_to_equal_rows_keeps_its_content_version(lake: Lake) -> None:
    bring_up_to_date(lake, source("Dune", "Emma"), "a run")
    assert bring_up_to_date(lake, computed(lake), "a run").outcome == "written"
    before = standing(lake)
    assert bring_up_to_date(lake, computed(lake, "changed code"), "a run").outcome == "unchanged"
    after = standing(lake)
    assert after.content_id == before.content_id
    assert after.version > before.version
    assert bring_up_to_date(lake, computed(lake, "changed code"), "a run").outcome == "unchanged"
    assert standing(lake).version == after.version


def test_a_table_whose_rows_change_has_a_new_content_version_and_just_those_rows(lake: Lake) -> None:
    bring_up_to_date(lake, source("Dune", "Emma"), "a run")
    bring_up_to_date(lake, computed(lake), "a run")
    before = standing(lake)
    bring_up_to_date(lake, source("Dune", "Ulysses"), "a run")
    assert bring_up_to_date(lake, computed(lake), "a run").outcome == "written"
    assert standing(lake).content_id != before.content_id
    assert names(lake, SILVER) == ["Dune", "Ulysses"]
