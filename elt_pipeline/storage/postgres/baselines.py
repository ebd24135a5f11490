"""What tables measured in each run, and the baselines of each dataset. What a change means belongs to transforms/baselines."""

from collections.abc import Mapping

from elt_pipeline.storage.postgres.warehouse import Warehouse

BASELINES = "select measure, value from ops.baselines where dataset_id = %s"
MEASURE = (
    "insert into ops.measures (run_id, dataset_id, measure, value) values (%s, %s, %s, %s)"
    " on conflict (run_id, measure) do update set value = excluded.value"
)
ACCEPT = (
    "insert into ops.accepted_changes (run_id, dataset_id, measure, baseline, value, accepted_at)"
    " values (%s, %s, %s, %s, %s, now()) on conflict (run_id, measure) do nothing"
)
KEEP = """
    insert into ops.baselines (dataset_id, measure, value, run_id, recorded_at)
    select dataset_id, measure, value, run_id, now() from ops.measures where run_id = %s
    on conflict (dataset_id, measure) do update
    set value = excluded.value, run_id = excluded.run_id, recorded_at = excluded.recorded_at
"""


def baselines_of(warehouse: Warehouse, dataset_id: str) -> dict[str, float]:
    """Return the dataset's baselines by the measures' names; empty for a dataset that was never published."""
    with warehouse.connect("owner") as connection:
        return dict(connection.execute(BASELINES, (dataset_id,)).fetchall())


def record_measures(
    warehouse: Warehouse, run_id: str, dataset_id: str, measures: Mapping[str, float], accepted: Mapping[str, float]
) -> None:
    """Put on record what the run measured, and by their names the baselines of measures whose change a person accepts."""
    with warehouse.connect("owner") as connection, connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(MEASURE, [(run_id, dataset_id, name, value) for name, value in measures.items()])
        rows = [(run_id, dataset_id, name, baseline, measures[name]) for name, baseline in accepted.items()]
        cursor.executemany(ACCEPT, rows)


def keep_baselines(warehouse: Warehouse, run_id: str) -> None:
    """Make what the run measured the baselines of its dataset: it has been published."""
    with warehouse.connect("owner") as connection:
        connection.execute(KEEP, (run_id,))
