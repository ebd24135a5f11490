"""docs/data.md: each table with its grain and columns, made from the contracts and dbt's descriptions. `make docs` writes it."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from elt_pipeline.contracts import bronze, gold, silver
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.settings import ROOT
from elt_pipeline.storage.postgres.ops_tables import OPS_TABLES

MODELS = ROOT / "dbt_recommendations" / "models"

HEAD = """# The tables

Made from the contracts and from dbt's descriptions by `make docs`; a test holds it current. The first sentence of each table is
its grain: what one row stands for.

| layer | where | what |
|---|---|---|
| bronze | the lake | the source's columns as text, as they came, and where they came from (names that start with `_` are ours) |
| silver | the lake | our names and types; every row that was rejected or merged is on record |
| gold | the lake, and Postgres' schema `gold` | what consumers may rely on |
| recommendations | Postgres | what people and the app read |
| ops | Postgres | what happened, run by run |
"""

LAYERS = (
    ("Bronze", "In the lake at `<lake>/bronze/<table>`.", bronze.TABLES),
    ("Silver", "In the lake at `<lake>/silver/<table>`.", silver.TABLES),
    ("Gold", "In the lake at `<lake>/gold/<table>`, and in Postgres as `gold.<table>`.", gold.TABLES),
)


def data_page() -> str:
    """Return the page as Markdown."""
    parts = [HEAD]
    for layer, where, contracts in LAYERS:
        parts += [f"## {layer}\n\n{where}\n", *(_table(contract) for contract in contracts)]
    parts += ["## Recommendations\n\nIn Postgres as `recommendations.<table>`, built by dbt.\n"]
    parts += [_model(model) for model in _models("marts")]
    parts += ["## Functions\n\nIn Postgres' schema `recommendations`, for the app, the commands and everybody in psql.\n"]
    parts += [f"- `{model['name']}`: {_one_line(model['description'])}" for model in _models("functions")]
    ops = "\n".join(f"{statement};" for statement in OPS_TABLES)
    parts += [f"\n## Ops\n\nIn Postgres' schema `ops`.\n\n```sql\n{ops}\n```\n"]
    return "\n".join(parts)


def _table(contract: TableContract) -> str:
    facts = [f"Key: {', '.join(f'`{column}`' for column in contract.primary_key)}."] if contract.primary_key else []
    facts += [f"Partitioned by `{contract.partition_column}`."] if contract.partition_column else []
    rows = [
        f"| `{column.name}` | {column.type.postgres} | {'' if column.nullable else 'not null'} | {_cell(column.description)} |"
        for column in contract.columns
    ]
    head = "| column | type | | meaning |\n|---|---|---|---|"
    return f"### {contract.full_name}\n\n{' '.join([contract.grain, *facts])}\n\n{head}\n{_lines(rows)}"


def _models(folder: str) -> Iterator[dict[str, Any]]:
    """Yield dbt's descriptions of a folder's models, in the order of the files' names."""
    for file in sorted((MODELS / folder).glob("*.yml")):
        yield from yaml.safe_load(file.read_text(encoding="utf-8")).get("models", [])


def _model(model: dict[str, Any]) -> str:
    rows = [f"| `{column['name']}` | {_cell(column['description'])} |" for column in model["columns"]]
    head = "| column | meaning |\n|---|---|"
    return f"### recommendations.{model['name']}\n\n{_one_line(model['description'])}\n\n{head}\n{_lines(rows)}"


def _lines(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def _cell(text: str) -> str:
    return _one_line(text).replace("|", "\\|")


def _one_line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(data_page(), encoding="utf-8")
