"""What runs on the workers of a cluster must reach them whole: they have no copy of this project."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyspark import cloudpickle

from elt_pipeline.transforms import authors, edition_works, matching, text

WITHOUT_THE_PROJECT = """
import pickle, sys
import pyarrow as pa
sys.modules["elt_pipeline"] = None
function, batch = pickle.loads(open(sys.argv[1], "rb").read())
rows = [row for made in function(iter([batch])) for row in made.to_pylist()]
sys.stdout.buffer.write(pickle.dumps(rows))
"""
EDITION = {"edition_id": 1, "title": "Dune", "authors": "Frank Herbert"}
FORMED = dict.fromkeys(["series_name", "series_number", "language_code", "stated_title"])
LINK_TEXTS = dict.fromkeys(["rule", "evidence", "language", "title", "volume", "stated_titles", "series_place", "people"], "")
SPELLING = {"place": 0, "edition_count": 1, "author_id": 7, "name": "Frank Herbert"}


def on_a_worker(function: Callable[..., Any], rows: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """What the function makes of the rows in a process that cannot import the project."""
    parcel = folder / "parcel"
    parcel.write_bytes(cloudpickle.dumps((function, pa.RecordBatch.from_pylist(rows))))  # type: ignore[no-untyped-call]
    command = [sys.executable, "-I", "-c", WITHOUT_THE_PROJECT, str(parcel)]
    ended = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr.decode()
    return list(pickle.loads(ended.stdout))  # noqa: S301 -- written by the lines above


def in_this_process(function: Callable[..., Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for made in function(iter([pa.RecordBatch.from_pylist(rows)])) for row in made.to_pylist()]


def ruled(rule: edition_works.Rule, *texts: str) -> Callable[..., Any]:
    return edition_works._over_rows(rule, edition_works._schema(("edition_id",), texts))


@pytest.mark.parametrize(
    ("function", "rows"),
    [
        pytest.param(ruled(edition_works._formed, "main", "first_author"), [EDITION | FORMED], id="titles are formed"),
        pytest.param(
            ruled(edition_works._followed, "rule"),
            [{"rows": [{"edition_id": 1, "group_id": 1} | LINK_TEXTS | {"people": "frank herbert", "title": "dune"}]}],
            id="titles are followed",
        ),
        pytest.param(authors._people_of_works, [{"work_id": 1, "spellings": [SPELLING]}], id="people are told apart"),
        pytest.param(
            matching._keyed(1, of_work=True),
            [{"work_id": 1, "whole": "Dune", "main": "Dune", "series": "Dune Chronicles", "number": "1"}],
            id="titles are compared",
        ),
    ],
)
def test_a_step_gives_the_same_rows_where_the_project_is_not(
    function: Callable[..., Any], rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    assert on_a_worker(function, rows, tmp_path) == in_this_process(function, rows) != []


def test_a_function_of_others_that_remembers_still_goes_by_its_name() -> None:
    assert pickle.loads(pickle.dumps(others)) is others  # noqa: S301 -- our own bytes


def test_a_function_that_remembers_arrives_with_nothing_remembered() -> None:
    edition_works._series("Dune")
    arrived = pickle.loads(cloudpickle.dumps(edition_works._series))  # type: ignore[no-untyped-call]  # noqa: S301
    assert arrived.cache_info().currsize == 0
    assert arrived("Dune Chronicles") == edition_works._series("Dune Chronicles")


@lru_cache
def others(value: str) -> str:
    return value


def test_the_rule_of_comparing_texts_travels() -> None:
    assert pickle.loads(cloudpickle.dumps(text.fold))("Łódź's") == "lodzs"  # type: ignore[no-untyped-call]  # noqa: S301
