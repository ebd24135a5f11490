"""The scores of published models, run by run, in schema ops. How a model is judged belongs to recommender/."""

from collections.abc import Mapping

from elt_pipeline.storage.postgres.warehouse import Warehouse

SCORE = (
    "insert into ops.model_scores (run_id, model, metric, score) values (%s, %s, %s, %s)"
    " on conflict (run_id, model, metric) do update set score = excluded.score"
)


def record_scores(warehouse: Warehouse, run_id: str, scores: Mapping[tuple[str, str], float]) -> None:
    """Put on record what each model reached in the run, by model and metric."""
    with warehouse.connect("owner") as connection, connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(SCORE, [(run_id, model, metric, score) for (model, metric), score in scores.items()])
