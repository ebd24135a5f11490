"""A gold of a few literal books, built by dbt once as it is and once with its rows in another order."""

import json
import logging
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, LiteralString

import pytest
from psycopg import sql
from psycopg.rows import dict_row
from pydantic import SecretStr

from elt_pipeline.contracts import gold
from elt_pipeline.storage.dbt_project import DbtSummary, build_recommendations
from elt_pipeline.storage.postgres.roles import prepare
from elt_pipeline.storage.postgres.warehouse import Connection, Warehouse

Ask = Callable[..., list[dict[str, Any]]]
Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def gold_rows() -> Tables:
    """The rows of gold by table: each book with its editions (the first is the best), authors and readers' stars."""
    books: list[dict[str, Any]] = json.loads((Path(__file__).parent / "books.json").read_text(encoding="utf-8"))
    author_ids = {name: 100 + place for place, name in enumerate(sorted({name for book in books for name in book["authors"]}))}
    tables: Tables = {contract.name: [] for contract in gold.TABLES}
    for book in books:
        work_id, best = book["editions"][0]["edition_id"], book["editions"][0]
        series = {"series_name": book.get("series_name"), "series_number": book.get("series_number")}
        counted = {"rating_count": book["rating_count"], "reader_count": len(book.get("stars", {}))}
        named = {"title": best["title"], "authors": ", ".join(book["authors"]) or None, "isbn13": best.get("isbn13")}
        whole = {"work_id": work_id, "best_edition_id": work_id, "edition_count": len(book["editions"])}
        tables["works"].append(whole | series | counted | named)
        tables["editions"] += [
            {"work_id": work_id, "is_best_edition": edition is best, "source_title": edition["title"]}
            | {"grouping_rule": "same_title_and_author", "grouping_evidence": "title=…"}
            | (series | {"rating_count": book["rating_count"]} if edition is best else {})
            | edition
            for edition in book["editions"]
        ]
        tables["work_authors"] += [
            {"work_id": work_id, "author_id": author_ids[name], "author_position": place}
            for place, name in enumerate(book["authors"], start=1)
        ]
        tables["ratings_by_work"] += [
            {"work_id": work_id, "reader_id": reader, "stars": stars} for reader, stars in book.get("stars", {}).items()
        ]
    similar: list[list[Any]] = json.loads((Path(__file__).parent / "similar_works.json").read_text(encoding="utf-8"))
    tables["similar_works"] = [dict(zip(gold.SIMILAR_WORKS.column_names, row, strict=True)) for row in similar]
    tables["authors"] = [{"author_id": id_, "name": name, "folded_name": name.lower()} for name, id_ in author_ids.items()]
    return tables


@pytest.fixture(scope="session")
def gold_warehouse(warehouse: Warehouse, gold_rows: Tables) -> Warehouse:
    """A database with schema ``gold`` and, its rows shuffled, ``gold_next``."""
    with warehouse.connect("owner") as connection:
        connection.execute("create database dbt_recommendations")
    own = Warehouse(
        SecretStr(warehouse.owner_url.get_secret_value().rpartition("/")[0] + "/dbt_recommendations"), warehouse.passwords
    )
    prepare(own)
    shuffle = random.Random(20261120).sample  # noqa: S311 -- repeatable on purpose, nothing secret
    with own.connect("owner") as connection:
        fill(connection, "gold", gold_rows)
        fill(connection, "gold_next", {name: shuffle(rows, len(rows)) for name, rows in gold_rows.items()})
    return own


def fill(connection: Connection, schema: str, tables: Tables) -> None:
    place = sql.Identifier(schema)
    connection.execute(sql.SQL("create schema if not exists {}").format(place))
    for contract in gold.TABLES:
        table = sql.Identifier(schema, contract.name)
        columns: LiteralString = contract.postgres_columns
        connection.execute(sql.SQL("create table {} ({})").format(table, sql.SQL(columns)))
        insert = sql.SQL("insert into {} ({}) values ({})")
        for row in tables[contract.name]:
            names, places = sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(sql.Placeholder() * len(row))
            connection.execute(insert.format(table, names, places), list(row.values()))
    for statement in ("grant usage on schema {} to booklake_dbt", "grant select on all tables in schema {} to booklake_dbt"):
        connection.execute(sql.SQL(statement).format(place))


def build(warehouse: Warehouse, gold_schema: str, target_schema: str, var_dir: Path) -> DbtSummary:
    """Build into a new schema as the pipeline does."""
    with warehouse.connect("owner") as connection:
        connection.execute(sql.SQL("create schema {}").format(sql.Identifier(target_schema)))
        connection.execute(sql.SQL("grant usage, create on schema {} to booklake_dbt").format(sql.Identifier(target_schema)))
    log = logging.getLogger("booklake").debug
    return build_recommendations(warehouse, gold_schema=gold_schema, target_schema=target_schema, var_dir=var_dir, report=log)


@pytest.fixture(scope="session")
def summary(gold_warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> DbtSummary:
    return build(gold_warehouse, "gold", "recommendations_next", tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="session")
def built(summary: DbtSummary) -> str:
    assert summary.models
    return "recommendations_next"


@pytest.fixture(scope="session")
def built_from_shuffled_rows(gold_warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> str:
    build(gold_warehouse, "gold_next", "shuffled_next", tmp_path_factory.mktemp("shuffled"))
    return "shuffled_next"


@pytest.fixture
def ask(gold_warehouse: Warehouse, built: str) -> Iterator[Ask]:
    """Rows of a query in the built schema, as dicts; what the test changes is rolled back."""
    with gold_warehouse.connect("dbt") as connection, connection.transaction(force_rollback=True):
        connection.execute(sql.SQL("set local search_path = {}").format(sql.Identifier(built)))

        def ask(query: LiteralString, parameters: Iterable[object] = ()) -> list[dict[str, Any]]:
            return connection.cursor(row_factory=dict_row).execute(query, list(parameters)).fetchall()

        yield ask
