"""Baselines are those of a dataset's last publication, and what was accepted stays on record."""

from elt_pipeline.storage.postgres.baselines import baselines_of, keep_baselines, record_measures
from elt_pipeline.storage.postgres.warehouse import Warehouse

WORKS, ISBN = "gold.works.row_count", "gold.works.isbn13.null_share"


def test_what_a_run_measured_is_a_baseline_only_once_it_is_published(empty_warehouse: Warehouse) -> None:
    record_measures(empty_warehouse, "one", "books", {WORKS: 100, ISBN: 0.25}, {})
    assert baselines_of(empty_warehouse, "books") == {}
    keep_baselines(empty_warehouse, "one")
    assert baselines_of(empty_warehouse, "books") == {WORKS: 100, ISBN: 0.25}
    record_measures(empty_warehouse, "two", "books", {WORKS: 10}, {})
    keep_baselines(empty_warehouse, "three")
    assert baselines_of(empty_warehouse, "books") == {WORKS: 100, ISBN: 0.25}
    keep_baselines(empty_warehouse, "two")
    assert baselines_of(empty_warehouse, "books") == {WORKS: 10, ISBN: 0.25}


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
