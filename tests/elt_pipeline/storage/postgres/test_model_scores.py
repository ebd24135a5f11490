"""Tests of the scores on record."""

from elt_pipeline.storage.postgres.model_scores import record_scores
from elt_pipeline.storage.postgres.warehouse import Warehouse


def test_scores_are_kept_by_run_and_a_second_time_replaces_the_first(empty_warehouse: Warehouse) -> None:
    record_scores(empty_warehouse, "one", {("similar works", "ndcg@10"): 0.25, ("popularity", "ndcg@10"): 0.125})
    record_scores(empty_warehouse, "one", {("similar works", "ndcg@10"): 0.5})
    record_scores(empty_warehouse, "two", {})
    with empty_warehouse.connect("app") as connection:
        rows = connection.execute("select * from ops.model_scores order by model").fetchall()
    assert rows == [("one", "popularity", "ndcg@10", 0.125), ("one", "similar works", "ndcg@10", 0.5)]
