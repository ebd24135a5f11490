"""Cards, dashboard and database in Metabase's JSON, and whether what is there already says the same. No request is sent here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from catalogue.cards import Card, Chart, side_by_side
from stack.errors import StackFailed

Json = dict[str, Any]

READER = "booklake_reader"
SCHEMAS = "analytics,gold,ops,recommendations"
POSTGRES_PORT = 5432

GRID_WIDTH, LINE_HEIGHT = 24, 8
DISPLAYS = {
    Chart.COLUMNS: "bar",
    Chart.STACKED_COLUMNS: "bar",
    Chart.BARS: "row",
    Chart.LINES: "line",
    Chart.TABLE: "table",
}
MADE_FROM = "Made from stack/metabase/{}.sql: change it there, what is changed here is put right again."
MARK = re.compile(r"Made from stack/metabase/(\w+)\.sql: ")


@dataclass(frozen=True)
class Place:
    """Where a card stands on the dashboard's grid."""

    row: int
    col: int
    size_x: int
    size_y: int


def database(warehouse_url: SecretStr, reader_password: SecretStr) -> Json:
    """The warehouse as the reader role sees it, at the owner's host and port. Raises ``StackFailed`` where none is named."""
    url = urlsplit(warehouse_url.get_secret_value())
    if not url.hostname or not url.path.strip("/"):
        raise StackFailed(
            "WAREHOUSE_URL names no server. Metabase cannot reach an embedded Postgres: have an .env made by make env."
        )
    details = {
        "host": url.hostname,
        "port": url.port or POSTGRES_PORT,
        "dbname": unquote(url.path.strip("/")),
        "user": READER,
        "password": reader_password.get_secret_value(),
        "ssl": False,
        "schema-filters-type": "inclusion",
        "schema-filters-patterns": SCHEMAS,
    }
    return {"name": "Booklake", "engine": "postgres", "details": details}


def same_database(found: Json, wanted: Json) -> bool:
    """Whether Metabase's database is the one that is wanted; its password is not shown and so not compared."""
    details = {name: value for name, value in wanted["details"].items() if name != "password"}
    return found.get("engine") == wanted["engine"] and _holds(found.get("details"), details)


def question(card: Card, database_id: int, collection_id: int) -> Json:
    """The card as Metabase takes it; its description ends with the file that it is made from."""
    return {
        "name": card.title,
        "description": f"{card.description}\n\n{MADE_FROM.format(card.name)}",
        "type": "question",
        "display": DISPLAYS[card.chart],
        "collection_id": collection_id,
        "dataset_query": native_query(card.sql.strip(), database_id),
        "visualization_settings": settings(card),
    }


def native_query(sql: str, database_id: int) -> Json:
    """The SQL as Metabase takes a query."""
    return {"type": "native", "database": database_id, "native": {"query": sql, "template-tags": {}}}


def settings(card: Card) -> Json:
    """How the card is drawn. Every key is always there, so that one that is no longer wanted is taken back."""
    titles = {f'["name","{column}"]': {"column_title": label} for column, label in card.labels.items()}
    if card.across is None or card.values is None:
        return {"column_settings": titles}
    return {
        "graph.dimensions": [card.across, *([card.series] if card.series else [])],
        "graph.metrics": [card.values],
        "graph.x_axis.title_text": card.labels[card.across],
        "graph.y_axis.title_text": card.labels[card.values],
        "graph.x_axis.scale": "timeseries" if card.chart is Chart.LINES else "ordinal",
        "stackable.stack_type": "stacked" if card.chart is Chart.STACKED_COLUMNS else None,
        "column_settings": titles,
    }


def same_question(found: Json, wanted: Json) -> bool:
    """Whether Metabase's card says what is wanted; what it adds of its own is left alone."""
    told = ("name", "description", "display", "collection_id", "visualization_settings")
    query = wanted["dataset_query"]
    is_same_query = sql_of(found) == (query["database"], query["native"]["query"])
    return is_same_query and not found.get("archived") and _holds(found, {name: wanted[name] for name in told})


def sql_of(found: Json) -> tuple[int | None, str | None]:
    """The database and the SQL of a card; until Metabase 0.56 in `native`, since then in the first of its `stages`."""
    query = found.get("dataset_query") or {}
    stages = query.get("stages")
    sql = stages[0].get("native") if stages else (query.get("native") or {}).get("query")
    return query.get("database"), sql.strip() if isinstance(sql, str) else None


def file_of(description: str | None) -> str | None:
    """The name of the file that a card was made from; None where people made it."""
    found = MARK.search(description or "")
    return found.group(1) if found else None


def places(cards: Iterable[Card]) -> dict[str, Place]:
    """Where each card stands, by its name: in lines that fill the grid."""
    found: dict[str, Place] = {}
    for number, line in enumerate(side_by_side(cards)):
        width = GRID_WIDTH if line[0].is_wide else GRID_WIDTH // 2
        for place, card in enumerate(line):
            found[card.name] = Place(number * LINE_HEIGHT, place * width, width, LINE_HEIGHT)
    return found


def dashcards(wanted: Mapping[int, Place], found: Sequence[Json], retired: Iterable[int]) -> list[Json] | None:
    """What shall stand on the dashboard: our cards, by their ids, in their places, and what people added.

    None where it stands so already.
    """
    ours = [card for card in found if card.get("card_id") in wanted]
    gone = set(retired)
    others = [card for card in found if card.get("card_id") not in wanted and card.get("card_id") not in gone]
    if len(ours) == len(wanted) and len(others) + len(ours) == len(found) and all(_stands(card, wanted) for card in ours):
        return None
    known = {card["card_id"]: _without_card(card) for card in ours}
    new: Json = {
        "dashboard_tab_id": next((card.get("dashboard_tab_id") for card in found), None),
        "parameter_mappings": [],
        "visualization_settings": {},
    }
    placed = [
        {"id": -number, "card_id": card_id} | new | known.get(card_id, {}) | vars(place)
        for number, (card_id, place) in enumerate(wanted.items(), start=1)
    ]
    return placed + [_without_card(card) for card in others]


def _without_card(found: Json) -> Json:
    """A place of the dashboard as it is sent: Metabase shows the card inside, but does not take it."""
    return {name: value for name, value in found.items() if name != "card"}


def _stands(found: Json, wanted: Mapping[int, Place]) -> bool:
    return _holds(found, vars(wanted[found["card_id"]]))


def _holds(found: Any, wanted: Any) -> bool:
    """Whether all that is wanted is there; what is wanted to be nothing may be missing."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(_holds(found.get(name), value) for name, value in wanted.items())
    return bool(found == wanted)
