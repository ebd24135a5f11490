"""Bringing cards and dashboard to a Metabase: what is there is looked up, only what differs is sent. JSON is in payloads.py."""

from collections.abc import Callable, Sequence
from typing import Any

from catalogue.cards import Card
from stack.metabase import payloads
from stack.metabase.client import Metabase, MetabaseRefused, MetabaseUnexpected, part
from stack.metabase.payloads import Json
from stack.settings import MetabaseSettings

NAME = "Booklake"
COLLECTION = "What the library holds and how it comes about, from the files in stack/metabase."
MOST_ITEMS = 2_000

Report = Callable[[str], None]


class DatabaseSilent(Exception):
    """The warehouse does not answer Metabase."""


def provision(metabase: Metabase, settings: MetabaseSettings, cards: Sequence[Card], report: Report) -> str:
    """Make Metabase show the cards on one dashboard, and return its address; each change is reported in a sentence.

    Raises ``StackFailed``.
    """
    wanted = payloads.database(settings.warehouse_url, settings.warehouse_reader_password)
    enter(metabase, settings, report)
    database_id = bring_database(metabase, wanted, report)
    collection_id = bring_collection(metabase, report)
    card_ids, retired = bring_cards(metabase, cards, database_id, collection_id, report)
    dashboard_id = bring_dashboard(metabase, cards, card_ids, retired, collection_id, report)
    return f"{metabase.url}/dashboard/{dashboard_id}"


def enter(metabase: Metabase, settings: MetabaseSettings, report: Report) -> None:
    """Log in as the administrator, who is made where Metabase is new."""
    asked = "GET /api/session/properties"
    properties = metabase.get("/api/session/properties")
    password = settings.metabase_admin_password.get_secret_value()
    if part(properties, "has-user-setup", bool, asked):
        try:
            answer = metabase.post("/api/session", {"username": settings.metabase_admin_email, "password": password})
        except MetabaseRefused as error:
            raise MetabaseRefused(
                f"Metabase refuses the login of {settings.metabase_admin_email}. METABASE_ADMIN_EMAIL and "
                "METABASE_ADMIN_PASSWORD have to be those of its first start, or what they were changed to in Metabase since."
            ) from error
        metabase.log_in(part(answer, "id", str, "POST /api/session"))
        return
    body = {
        "token": part(properties, "setup-token", str, asked),
        "user": {"email": settings.metabase_admin_email, "password": password, "first_name": NAME, "last_name": "Admin"},
        "prefs": {"site_name": NAME, "allow_tracking": False},
    }
    metabase.log_in(part(metabase.post("/api/setup", body), "id", str, "POST /api/setup"))
    report(f"Made the administrator {settings.metabase_admin_email}.")


def bring_database(metabase: Metabase, wanted: Json, report: Report) -> int:
    """Connect the warehouse by the reader role, and return its id. Whether its password is right is tried by a query."""
    try:
        return _bring_database(metabase, wanted, report)
    except DatabaseSilent as error:
        details = wanted["details"]
        raise MetabaseRefused(
            f"Metabase cannot read the warehouse at {details['host']}:{details['port']} as {payloads.READER} ({error}). It has "
            "to reach WAREHOUSE_URL's host, and WAREHOUSE_READER_PASSWORD has to be the role's: booklake refresh makes it so."
        ) from error


def _bring_database(metabase: Metabase, wanted: Json, report: Report) -> int:
    found = next((one for one in listed(metabase, "/api/database") if one.get("name") == wanted["name"]), None)
    if found is None:
        found = _connected(metabase.post, "/api/database", wanted)
        report(f"Connected the warehouse at {wanted['details']['host']} as {payloads.READER}.")
    database_id = part(found, "id", int, "GET /api/database")
    if payloads.same_database(found, wanted) and answers(metabase, database_id):
        return database_id
    _connected(metabase.put, f"/api/database/{database_id}", wanted)
    report("Changed how the warehouse is connected.")
    if not answers(metabase, database_id):
        raise DatabaseSilent("a query fails")
    return database_id


def _connected(send: Callable[[str, Json], Any], path: str, wanted: Json) -> Any:
    try:
        return send(path, wanted)
    except MetabaseRefused as error:
        raise DatabaseSilent(str(error)) from error


def answers(metabase: Metabase, database_id: int) -> bool:
    """Whether the database answers a query, which it does not with a password that is no longer right."""
    answer = metabase.post("/api/dataset", payloads.native_query("select 1 as answered", database_id))
    return part(answer, "status", str, "POST /api/dataset") == "completed"


def bring_collection(metabase: Metabase, report: Report) -> int:
    """Return the id of our collection, which is made where there is none."""
    for found in listed(metabase, "/api/collection"):
        if found.get("name") == NAME and not found.get("archived"):
            return part(found, "id", int, "GET /api/collection")
    made = metabase.post("/api/collection", {"name": NAME, "description": COLLECTION})
    report(f"Made the collection {NAME}.")
    return part(made, "id", int, "POST /api/collection")


def bring_cards(
    metabase: Metabase, cards: Sequence[Card], database_id: int, collection_id: int, report: Report
) -> tuple[dict[str, int], list[int]]:
    """Make or change each card; return their ids by name, and the ids of those whose files are gone, now in Metabase's trash."""
    found = listed(metabase, items_of(collection_id, "card"))
    # Of a card that somebody has duplicated, the first is ours.
    found.sort(key=lambda one: -part(one, "id", int, "GET /api/collection/:id/items"))
    by_file = {payloads.file_of(one.get("description")): one["id"] for one in found}
    # Somebody may have written a description of their own.
    by_title = {one.get("name"): one["id"] for one in found if payloads.file_of(one.get("description")) is None}
    card_ids = {
        card.name: bring_card(
            metabase,
            payloads.question(card, database_id, collection_id),
            by_file.get(card.name) or by_title.get(card.title),
            report,
        )
        for card in cards
    }
    retired = [card_id for name, card_id in by_file.items() if name is not None and name not in card_ids]
    for card_id in retired:
        metabase.put(f"/api/card/{card_id}", {"archived": True})
        report(f"Put card {card_id}, whose file is gone, into the trash.")
    return card_ids, retired


def bring_card(metabase: Metabase, wanted: Json, card_id: int | None, report: Report) -> int:
    """Make the card, or change it where it differs; return its id."""
    if card_id is None:
        made = metabase.post("/api/card", wanted)
        report(f"Made the card {wanted['name']}.")
        return part(made, "id", int, "POST /api/card")
    if not payloads.same_question(metabase.get(f"/api/card/{card_id}"), wanted):
        metabase.put(f"/api/card/{card_id}", wanted)
        report(f"Changed the card {wanted['name']}.")
    return card_id


def bring_dashboard(
    metabase: Metabase, cards: Sequence[Card], card_ids: dict[str, int], retired: list[int], collection_id: int, report: Report
) -> int:
    """Make the dashboard where there is none, and put the cards into their places; return its id."""
    found = next((one for one in listed(metabase, items_of(collection_id, "dashboard")) if one.get("name") == NAME), None)
    if found is None:
        found = metabase.post("/api/dashboard", {"name": NAME, "description": COLLECTION, "collection_id": collection_id})
        report(f"Made the dashboard {NAME}.")
    dashboard_id = part(found, "id", int, "POST /api/dashboard")
    stands = metabase.get(f"/api/dashboard/{dashboard_id}")
    wanted = {card_ids[name]: place for name, place in payloads.places(cards).items()}
    placed = payloads.dashcards(wanted, part(stands, "dashcards", list, "GET /api/dashboard/:id"), retired)
    if placed is not None:
        tabs = {"tabs": stands["tabs"]} if stands.get("tabs") else {}
        metabase.put(f"/api/dashboard/{dashboard_id}", {"dashcards": placed} | tabs)
        report("Put the cards into their places on the dashboard.")
    return dashboard_id


def items_of(collection_id: int, model: str) -> str:
    """The path of what stands in the collection, of one kind."""
    return f"/api/collection/{collection_id}/items?models={model}&limit={MOST_ITEMS}&offset=0"


def listed(metabase: Metabase, path: str) -> list[Json]:
    """What a list holds; some versions wrap it in `data`."""
    answer: Any = metabase.get(path)
    found = answer.get("data") if isinstance(answer, dict) else answer
    if not isinstance(found, list):
        raise MetabaseUnexpected(f"GET {path.partition('?')[0]} answered no list.")
    return found
