from typing import Any

from elt_pipeline.contracts import source


def test_every_table_of_the_source_has_its_raw_rows(raw_tables: Any) -> None:
    by_name = raw_tables().by_source_table()
    assert sorted(by_name) == sorted(table.name for table in source.FILE_TABLES)
    assert all(set(table.columns) <= set(by_name[table.name].columns) for table in source.FILE_TABLES)
