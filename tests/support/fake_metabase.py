"""A Metabase that remembers, is strict about order and bodies, and answers with more than is asked for; without any chart."""

import json
import re
from collections.abc import Callable
from typing import Any

from werkzeug import Request, Response

Json = dict[str, Any]
Endpoint = Callable[[Json, int], Json | list[Json]]

SETUP_TOKEN, SESSION_ID, SEEN = "a token of the first start", "a session", "**MetabasePass**"
CARD_KEYS = {"name", "description", "type", "display", "collection_id", "dataset_query", "visualization_settings"}
DASHCARD_KEYS = {
    "id",
    "card_id",
    "row",
    "col",
    "size_x",
    "size_y",
    "dashboard_tab_id",
    "parameter_mappings",
    "visualization_settings",
}


class Refused(Exception):
    """The answer is an error of this status."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


class FakeMetabase:
    """Answers requests; ``requests`` has the method, path and body of each."""

    def __init__(self, password: str, reader_password: str, *, starting: int = 0, speaks_mbql5: bool = True) -> None:
        self.password, self.reader_password = password, reader_password
        self.starting, self.speaks_mbql5 = starting, speaks_mbql5
        self.is_set_up = False
        self.failing: dict[str, list[Response]] = {}  # What an endpoint answers first.
        self.requests: list[tuple[str, str, Json]] = []
        self.databases: dict[int, Json] = {1: {"id": 1, "name": "Sample Database", "engine": "h2", "details": {}}}
        self.collections: dict[int, Json] = {}
        self.cards: dict[int, Json] = {}
        self.dashboards: dict[int, Json] = {}
        self.next_id = 100

    def __call__(self, request: Request) -> Response:
        """Answer a request."""
        body = json.loads(request.get_data() or b"{}")
        self.requests.append((request.method, request.path, body))
        asked = f"{request.method} {request.path}"
        if self.failing.get(asked):
            return self.failing[asked].pop(0)
        try:
            answer = self._answer(request, asked, body)
        except Refused as refusal:
            return Response(json.dumps({"message": str(refusal)}), refusal.status, content_type="application/json")
        return Response(json.dumps(answer), 202 if request.path == "/api/dataset" else 200, content_type="application/json")

    @property
    def changing(self) -> list[str]:
        """The requests so far that may have changed something, but for logins and queries."""
        asked = [f"{method} {path}" for method, path, _ in self.requests if method != "GET"]
        return [one for one in asked if one not in {"POST /api/session", "POST /api/dataset"}]

    def _answer(self, request: Request, asked: str, body: Json) -> Json | list[Json]:
        if asked == "GET /api/health":
            return self._health()
        if asked == "GET /api/session/properties":
            token = None if self.is_set_up else SETUP_TOKEN
            return {"has-user-setup": self.is_set_up, "setup-token": token, "version": {"tag": "v0.65.4"}, "new-thing": []}
        if asked in {"POST /api/setup", "POST /api/session"}:
            return self._enter(asked, body)
        if request.headers.get("X-Metabase-Session") != SESSION_ID:
            raise Refused(401, "Unauthenticated")
        generic = re.sub(r"\d+", ":id", asked)
        number = int((re.findall(r"\d+", request.path) or ["0"])[0])
        if generic == "GET /api/collection/:id/items":
            return self._items(number, request.args["models"])
        endpoints: dict[str, Endpoint] = {
            "GET /api/database": lambda _, __: {
                "data": [self._shown_database(one) for one in self.databases.values()],
                "total": 2,
            },
            "POST /api/database": self._put_database,
            "PUT /api/database/:id": self._put_database,
            "POST /api/dataset": self._query,
            "GET /api/collection": lambda _, __: [{"id": "root", "name": "Our analytics"}, *self.collections.values()],
            "POST /api/collection": self._make_collection,
            "GET /api/card/:id": lambda _, number: self._shown_card(self.cards[number]),
            "POST /api/card": self._put_card,
            "PUT /api/card/:id": self._put_card,
            "POST /api/dashboard": self._make_dashboard,
            "GET /api/dashboard/:id": lambda _, number: self.dashboards[number],
            "PUT /api/dashboard/:id": self._put_dashboard,
        }
        if generic not in endpoints:
            raise Refused(404, "API endpoint does not exist.")
        return endpoints[generic](body, number)

    def _health(self) -> Json:
        if self.starting > 0:
            self.starting -= 1
            raise Refused(503, "initializing")
        return {"status": "ok"}

    def _enter(self, asked: str, body: Json) -> Json:
        if asked == "POST /api/setup":
            if self.is_set_up or body["token"] != SETUP_TOKEN:
                raise Refused(403, "Token does not match the setup token.")
            self.is_set_up, self.password = True, body["user"]["password"]
        elif body["password"] != self.password:
            raise Refused(401, f"did not match stored password: {body['password']}")
        return {"id": SESSION_ID}

    def _new(self, shelf: dict[int, Json], body: Json, **more: Any) -> Json:
        self.next_id += 1
        shelf[self.next_id] = {"id": self.next_id, "entity_id": "x" * 21, "archived": False, **body, **more}
        return shelf[self.next_id]

    def _put_database(self, body: Json, number: int) -> Json:
        if body["details"]["password"] != self.reader_password:
            raise Refused(400, f'password authentication failed for user "booklake_reader", tried {body["details"]["password"]}')
        found = self.databases[number] if number else self._new(self.databases, body)
        found.update(body)
        return self._shown_database(found)

    def _shown_database(self, found: Json) -> Json:
        return found | {"details": found["details"] | {"password": SEEN, "advanced-options": False}, "features": ["basic"]}

    def _query(self, body: Json, _: int) -> Json:
        stored = self.databases[body["database"]]["details"]["password"]
        return {"status": "completed" if stored == self.reader_password else "failed", "data": {"rows": [[1]]}}

    def _make_collection(self, body: Json, _: int) -> Json:
        return self._new(self.collections, body, slug="booklake")

    def _items(self, collection_id: int, model: str) -> Json:
        if collection_id not in self.collections:
            raise Refused(404, "Not found.")
        shelf = {"card": self.cards, "dashboard": self.dashboards}[model]
        found = [one for one in shelf.values() if one["collection_id"] == collection_id and not one["archived"]]
        items = [{"id": one["id"], "name": one["name"], "description": one.get("description"), "model": model} for one in found]
        return {"data": items, "total": len(items)}

    def _put_card(self, body: Json, number: int) -> Json:
        if not number or "name" in body:
            if set(body) != CARD_KEYS or body["collection_id"] not in self.collections:
                raise Refused(400, f"Invalid card: {sorted(set(body) ^ CARD_KEYS)}")
            if body["dataset_query"]["database"] not in self.databases:
                raise Refused(400, "No such database.")
        found = self.cards[number] if number else self._new(self.cards, body)
        found.update(body)
        return self._shown_card(found)

    def _shown_card(self, found: Json) -> Json:
        query, drawn = found["dataset_query"], found["visualization_settings"]
        if self.speaks_mbql5:
            stages = [{"lib/type": "mbql.stage/native", "native": query["native"]["query"], "template-tags": {}}]
            query = {"lib/type": "mbql/query", "database": query["database"], "stages": stages}
        kept = {name: value for name, value in drawn.items() if value is not None}
        return found | {"dataset_query": query, "visualization_settings": kept | {"graph.label_value_frequency": "fit"}}

    def _make_dashboard(self, body: Json, _: int) -> Json:
        if body["collection_id"] not in self.collections:
            raise Refused(400, "No such collection.")
        return self._new(self.dashboards, body, dashcards=[], tabs=[])

    def _put_dashboard(self, body: Json, number: int) -> Json:
        taken: set[tuple[int, int]] = set()
        for card in body["dashcards"]:
            fields = {(card["col"] + x, card["row"] + y) for x in range(card["size_x"]) for y in range(card["size_y"])}
            if set(card) - {"entity_id"} != DASHCARD_KEYS or taken & fields or max(x for x, _ in fields) >= 24:
                raise Refused(400, f"Invalid place on the grid: {card}")
            if card["card_id"] is not None and card["card_id"] not in self.cards:
                raise Refused(404, "No such card.")
            taken |= fields
            if card["id"] < 0:
                self.next_id += 1
                card["id"] = self.next_id
        shown = [card | {"entity_id": "y" * 21, "card": self.cards.get(card["card_id"])} for card in body["dashcards"]]
        self.dashboards[number]["dashcards"] = shown
        return self.dashboards[number]
