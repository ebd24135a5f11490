"""The tables of ops are there as declared."""

from elt_pipeline.storage.postgres.warehouse import Warehouse


def test_ops_has_its_tables_each_with_a_key(warehouse: Warehouse) -> None:
    query = """
        select relname, array_agg(attname::text order by attnum) from pg_class
        join pg_index on indrelid = pg_class.oid and indisprimary
        join pg_attribute on attrelid = pg_class.oid and attnum = any (indkey)
        where relnamespace = 'ops'::regnamespace group by relname
    """
    with warehouse.connect("app") as connection:
        found: dict[str, list[str]] = dict(connection.execute(query).fetchall())
    assert found == {
        "runs": ["run_id"],
        "timings": ["run_id", "asset"],
        "row_ledger_history": ["run_id", "source_table", "outcome", "reason"],
        "check_results": ["run_id", "asset", "check_name"],
        "model_scores": ["run_id", "model", "metric"],
        "measures": ["run_id", "measure"],
        "baselines": ["dataset_id", "measure"],
        "accepted_changes": ["run_id", "measure"],
        "fingerprints": ["schema_name"],
        "work_redirects": ["work_id"],
    }
