"""The dbt project as a whole: its sources, its descriptions, another order of rows, another name of its schema."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from psycopg import sql

from elt_pipeline.assets.marts import TESTS
from elt_pipeline.contracts import gold
from elt_pipeline.storage.dbt_project import PROJECT_DIR, DbtSummary
from elt_pipeline.storage.postgres.warehouse import Warehouse

Ask = Callable[..., list[dict[str, Any]]]

QUESTIONS = (
    "select * from search_books('hary poter')",
    "select * from search_books('emma')",
    "select * from search_books('the')",
    "select * from suggest('dun')",
    "select * from similar_to(3)",
    "select * from recommend_for(array[3, 20]::bigint[], array[50]::bigint[])",
)


def described(folder: str, kind: str) -> list[dict[str, Any]]:
    files = sorted((PROJECT_DIR / "models" / folder).glob("*.yml"))
    return [thing for file in files for thing in yaml.safe_load(file.read_text(encoding="utf-8")).get(kind, ())]


def answers(warehouse: Warehouse, schema: str) -> list[list[tuple[Any, ...]]]:
    with warehouse.connect("dbt") as connection, connection.transaction():
        connection.execute(sql.SQL("set local search_path = {}").format(sql.Identifier(schema)))
        return [connection.execute(question).fetchall() for question in QUESTIONS]


def test_dbt_sources_are_what_the_contracts_of_gold_promise() -> None:
    contracts = {contract.name: contract for contract in gold.TABLES}
    (source,) = described("sources", "sources")
    for table in source["tables"]:
        contract = contracts[table["name"]]
        columns = {column["name"]: column["description"] for column in table["columns"]}
        assert columns == {column.name: column.description for column in contract.columns}, table["name"]
        assert list(columns) == contract.column_names
        assert table["description"].startswith(contract.grain)


@pytest.mark.parametrize("folder", ["intermediate", "marts"])
def test_a_table_has_the_columns_that_its_description_lists(ask: Ask, folder: str) -> None:
    found = ask(
        "select table_name, array_agg(column_name::text) as columns from information_schema.columns"
        " where table_schema = current_schema() group by table_name"
    )
    columns = {row["table_name"]: set(row["columns"]) for row in found}
    for model in described(folder, "models"):
        assert columns[model["name"]] == {column["name"] for column in model["columns"]}, model["name"]


def test_every_model_is_described_by_its_grain() -> None:
    models = [model for folder in ("intermediate", "marts", "functions") for model in described(folder, "models")]
    assert {model["name"] for model in models} == {file.stem for file in (PROJECT_DIR / "models").rglob("*.sql")}
    assert [
        model["name"]
        for model in models
        if not model["description"].startswith(("One row per ", "One text per ", "One number per "))
    ] == []


def test_shuffled_rows_give_the_same_answers(gold_warehouse: Warehouse, built: str, built_from_shuffled_rows: str) -> None:
    assert answers(gold_warehouse, built) == answers(gold_warehouse, built_from_shuffled_rows)


def test_the_functions_answer_the_same_after_their_schema_is_renamed(
    gold_warehouse: Warehouse, built_from_shuffled_rows: str
) -> None:
    before = answers(gold_warehouse, built_from_shuffled_rows)
    rename = sql.SQL("alter schema {} rename to {}")
    names = sql.Identifier(built_from_shuffled_rows), sql.Identifier("renamed")
    with gold_warehouse.connect("owner") as connection:
        connection.execute(rename.format(*names))
        try:
            assert answers(gold_warehouse, "renamed") == before
        finally:
            connection.execute(rename.format(*reversed(names)))


def test_nothing_of_the_build_is_written_into_the_project(built: str) -> None:
    assert built
    assert not [name for name in ("target", "logs", ".user.yml") if Path(PROJECT_DIR / name).exists()]


def test_a_build_counts_rows_of_tables_and_none_of_functions(summary: DbtSummary, ask: Ask) -> None:
    row_counts = {model.name: model.row_count for model in summary.models}
    assert (row_counts["books"], row_counts["editions"], row_counts["search_books"]) == (25, 27, None)
    assert {test.name for test in summary.tests if test.passed} == set(TESTS)
    assert ask("select count(*) as pairs from similar_works") == [{"pairs": row_counts["similar_works"]}]
