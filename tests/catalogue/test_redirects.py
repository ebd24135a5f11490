"""Tests of merged works: each leads to what it is now, or nowhere."""

from pathlib import Path

from psycopg import Connection

import catalogue
from catalogue.redirects import current_work_ids


def test_merged_works_lead_to_the_published_one_and_others_to_themselves(app: Connection) -> None:
    assert current_work_ids(app, [1, 20, 200, 5]) == {1: 1, 20: 2, 200: 2, 5: 5}


def test_works_that_lead_in_a_circle_or_nowhere_are_absent(app: Connection) -> None:
    assert current_work_ids(app, [77, 78, 90, 999]) == {}
    assert current_work_ids(app, []) == {}


def test_redirects_and_latest_runs_are_followed_in_one_place_each() -> None:
    texts = {module.name: module.read_text(encoding="utf-8") for module in sorted(Path(catalogue.__file__).parent.glob("*.py"))}
    assert [name for name, text in texts.items() if "ops.work_redirects" in text] == ["redirects.py"]
    assert [name for name, text in texts.items() if "exists (select 1 from ops." in text] == ["latest_run.py"]
