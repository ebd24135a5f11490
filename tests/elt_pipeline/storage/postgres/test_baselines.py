"""Baselines are the best that was published of a dataset until a person accepts less, and what was accepted stays on record."""

import pytest

from elt_pipeline.storage.postgres.baselines import LESS_IS_BETTER, baselines_of, keep_baselines, record_measures
from elt_pipeline.storage.postgres.warehouse import Warehouse
from elt_pipeline.transforms.baselines import NULL_SHARE

WORKS, ISBN, NDCG = "gold.works.row_count", "gold.works.isbn13.null_share", "gold.similar_works.ndcg@10"


def test_what_a_run_measured_is_a_baseline_only_once_it_is_published(empty_warehouse: Warehouse) -> None:
    record_measures(empty_warehouse, "one", "books", {WORKS: 100, ISBN: 0.25}, {})
    assert baselines_of(empty_warehouse, "books") == {}
    keep_baselines(empty_warehouse, "one")
    assert baselines_of(empty_warehouse, "books") == {WORKS: 100, ISBN: 0.25}
    record_measures(empty_warehouse, "two", "books", {WORKS: 110}, {})
    keep_baselines(empty_warehouse, "three")
    assert baselines_of(empty_warehouse, "books") == {WORKS: 100, ISBN: 0.25}
    keep_baselines(empty_warehouse, "two")
    assert baselines_of(empty_warehouse, "books") == {WORKS: 110, ISBN: 0.25}


@pytest.mark.parametrize(
    ("steps", "kept"),
    [
        pytest.param([{WORKS: 81, ISBN: 0.3, NDCG: 0.29}] * 2, {WORKS: 100, ISBN: 0.25, NDCG: 0.3}, id="small steps back"),
        pytest.param([{WORKS: 120, ISBN: 0.2, NDCG: 0.4}], {WORKS: 120, ISBN: 0.2, NDCG: 0.4}, id="all for the better"),
        pytest.param([{WORKS: 120, ISBN: 0.3}], {WORKS: 120, ISBN: 0.25, NDCG: 0.3}, id="one better and one worse"),
    ],
)
def test_steps_for_the_worse_leave_the_baseline_where_it_is(
    empty_warehouse: Warehouse, steps: list[dict[str, float]], kept: dict[str, float]
) -> None:
    for place, measures in enumerate([{WORKS: 100, ISBN: 0.25, NDCG: 0.3}, *steps]):
        record_measures(empty_warehouse, f"run {place}", "books", measures, {})
        keep_baselines(empty_warehouse, f"run {place}")
    assert baselines_of(empty_warehouse, "books") == kept


def test_what_a_person_accepted_is_the_baseline_and_nothing_else_moves(empty_warehouse: Warehouse) -> None:
    for run, measures, accepted in (
        ("one", {WORKS: 100, ISBN: 0.25}, {}),
        ("two", {WORKS: 60, ISBN: 0.5}, {WORKS: 100}),
        ("three", {WORKS: 50, ISBN: 0.5}, {}),
    ):
        record_measures(empty_warehouse, run, "books", measures, accepted)
        keep_baselines(empty_warehouse, run)
    assert baselines_of(empty_warehouse, "books") == {WORKS: 60, ISBN: 0.25}


def test_shares_of_nulls_are_what_less_is_better_of() -> None:
    assert f"%.{NULL_SHARE}" == LESS_IS_BETTER


def test_another_dataset_has_baselines_of_its_own(empty_warehouse: Warehouse) -> None:
    for run, dataset, rows in (("one", "books", 100), ("two", "others", 7)):
        record_measures(empty_warehouse, run, dataset, {WORKS: rows}, {})
        keep_baselines(empty_warehouse, run)
    assert baselines_of(empty_warehouse, "books") == {WORKS: 100}
    assert baselines_of(empty_warehouse, "others") == {WORKS: 7}


def test_what_was_accepted_stays_on_record_with_both_numbers(empty_warehouse: Warehouse) -> None:
    record_measures(empty_warehouse, "one", "books", {WORKS: 100}, {})
    keep_baselines(empty_warehouse, "one")
    for _ in range(2):
        record_measures(empty_warehouse, "two", "books", {WORKS: 10}, {WORKS: 100})
    with empty_warehouse.connect("reader") as reader:
        found = reader.execute("select run_id, dataset_id, measure, baseline, value from ops.accepted_changes").fetchall()
    assert found == [("two", "books", WORKS, 100, 10)]
