"""What tables and models measured in each run, and the baselines of each dataset. What a change means belongs to transforms/."""

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
    where case when excluded.measure like %s then excluded.value < baselines.value else excluded.value > baselines.value end
        or exists (
            select 1 from ops.accepted_changes as accepted
            where accepted.run_id = excluded.run_id and accepted.measure = excluded.measure
        )
"""
# The measures of which less is better; of rows and scores it is more.
LESS_IS_BETTER = "%.null_share"


def baselines_of(warehouse: Warehouse, dataset_id: str) -> dict[str, float]:
    """Return the best that was published of the dataset by the measures' names; empty for one that was never published."""
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
    """Make what the run measured the baselines of its dataset, where it is better or was accepted: it has been published.

    So many small steps for the worse add up, until a person accepts where they led.
    """
    with warehouse.connect("owner") as connection:
        connection.execute(KEEP, (run_id, LESS_IS_BETTER))
