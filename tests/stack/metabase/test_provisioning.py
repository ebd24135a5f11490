"""The provisioner against a fake Metabase: in order, twice without a change, one change for one, and what goes wrong in words."""

from dataclasses import replace

import pytest
from pydantic import SecretStr
from werkzeug import Response

from catalogue.cards import read_cards
from stack.errors import StackFailed
from stack.metabase.client import MetabaseRefused, MetabaseUnexpected, MetabaseUnreachable
from tests.stack.metabase.conftest import ADMIN, OWNER, READER, Bring
from tests.support.fake_metabase import SEEN, FakeMetabase

CARDS = read_cards()


def changes_of(fake: FakeMetabase, bring: Bring, *arguments: object, **changed: SecretStr) -> list[str]:
    """The changing requests of one more run."""
    before = len(fake.changing)
    bring(*arguments, **changed)
    return fake.changing[before:]


def test_a_new_metabase_gets_its_administrator_database_cards_and_dashboard_in_order(fake: FakeMetabase, bring: Bring) -> None:
    reported = bring()
    assert fake.changing == [
        "POST /api/setup",
        "POST /api/database",
        "POST /api/collection",
        *["POST /api/card"] * len(CARDS),
        "POST /api/dashboard",
        f"PUT /api/dashboard/{next(iter(fake.dashboards))}",
    ]
    assert len(reported) == len(fake.changing)
    details = next(one for one in fake.databases.values() if one["name"] == "Booklake")["details"]
    assert (details["host"], details["port"], details["dbname"], details["user"]) == (
        "postgres",
        5432,
        "booklake",
        "booklake_reader",
    )


@pytest.mark.parametrize("speaks_mbql5", [True, False], ids=["0.57 and later", "0.56 and earlier"])
def test_a_second_run_changes_nothing_and_says_so(fake: FakeMetabase, bring: Bring, speaks_mbql5: bool) -> None:
    fake.speaks_mbql5 = speaks_mbql5
    bring()
    before = len(fake.changing)
    assert bring() == []
    assert fake.changing[before:] == []


def test_the_cards_of_the_dashboard_fill_its_grid_without_a_gap_in_their_order(fake: FakeMetabase, bring: Bring) -> None:
    bring()
    (dashboard,) = fake.dashboards.values()
    placed = sorted(dashboard["dashcards"], key=lambda card: (card["row"], card["col"]))
    assert [fake.cards[card["card_id"]]["name"] for card in placed] == [card.title for card in CARDS]
    assert {card["size_x"] for card in placed} == {12, 24}


def test_a_changed_query_is_one_put_of_one_card(fake: FakeMetabase, bring: Bring) -> None:
    bring()
    changed = [replace(card, sql=card.sql + "-- changed") if card.name == "books_by_genre" else card for card in CARDS]
    card_id = next(one["id"] for one in fake.cards.values() if one["name"] == "Books by genre")
    assert changes_of(fake, bring, changed) == [f"PUT /api/card/{card_id}"]
    assert fake.cards[card_id]["dataset_query"]["native"]["query"].endswith("-- changed")
    assert changes_of(fake, bring, changed) == []


def test_a_changed_title_renames_the_card_and_makes_no_second_one(fake: FakeMetabase, bring: Bring) -> None:
    bring()
    changed = [replace(card, title="Genres") if card.name == "books_by_genre" else card for card in CARDS]
    assert len(changes_of(fake, bring, changed)) == 1
    assert len(fake.cards) == len(CARDS)


def test_what_somebody_changed_in_our_card_is_put_right_and_their_own_card_is_left_alone(
    fake: FakeMetabase, bring: Bring
) -> None:
    bring()
    (dashboard,) = fake.dashboards.values()
    ours = next(iter(fake.cards.values()))
    ours["display"] = "pie"
    fake.cards[7] = ours | {"id": 7, "name": "My own", "description": "By hand.", "display": "pie"}
    mine = {**dashboard["dashcards"][0], "id": 8, "card_id": 7, "row": 90}
    dashboard["dashcards"].append(mine)
    assert changes_of(fake, bring) == [f"PUT /api/card/{ours['id']}"]
    dashboard["dashcards"][0]["row"] = 70
    assert changes_of(fake, bring) == [f"PUT /api/dashboard/{dashboard['id']}"]
    assert (fake.cards[7]["display"], fake.cards[7]["archived"]) == ("pie", False)
    assert [card["row"] for card in fake.dashboards[dashboard["id"]]["dashcards"] if card["card_id"] == 7] == [90]


def test_a_copy_that_somebody_made_of_our_card_stays_theirs(fake: FakeMetabase, bring: Bring) -> None:
    bring()
    ours = next(iter(fake.cards.values()))
    fake.cards[900] = ours | {"id": 900, "name": "A copy"}
    assert changes_of(fake, bring) == []


def test_a_card_of_ours_whose_description_somebody_rewrote_is_known_by_its_title(fake: FakeMetabase, bring: Bring) -> None:
    bring()
    ours = next(iter(fake.cards.values()))
    ours["description"] = "In other words."
    assert changes_of(fake, bring) == [f"PUT /api/card/{ours['id']}"]
    assert len(fake.cards) == len(CARDS)


def test_a_card_whose_file_is_gone_goes_to_the_trash_and_from_the_dashboard(fake: FakeMetabase, bring: Bring) -> None:
    bring()
    gone = next(one for one in fake.cards.values() if one["name"] == CARDS[-1].title)
    (dashboard_id,) = fake.dashboards
    assert changes_of(fake, bring, CARDS[:-1]) == [f"PUT /api/card/{gone['id']}", f"PUT /api/dashboard/{dashboard_id}"]
    assert gone["archived"]
    assert len(fake.dashboards[dashboard_id]["dashcards"]) == len(CARDS) - 1
    assert changes_of(fake, bring, CARDS[:-1]) == []


def test_another_password_of_the_reader_is_noticed_though_metabase_does_not_show_it(fake: FakeMetabase, bring: Bring) -> None:
    bring()
    fake.reader_password = "another"  # noqa: S105 -- made up
    (change,) = changes_of(fake, bring, warehouse_reader_password=SecretStr("another"))
    assert change.startswith("PUT /api/database/")
    assert changes_of(fake, bring, warehouse_reader_password=SecretStr("another")) == []


def test_a_wrong_password_of_the_reader_is_told_by_its_variable_and_not_shown(fake: FakeMetabase, bring: Bring) -> None:
    with pytest.raises(MetabaseRefused, match="WAREHOUSE_READER_PASSWORD has to be the role's") as told:
        bring(warehouse_reader_password=SecretStr("wrong-and-secret"))
    assert "password authentication failed" in str(told.value)
    assert "wrong-and-secret" not in str(told.value)
    assert fake.cards == {}


def test_a_wrong_password_of_the_administrator_is_told_by_its_variable_and_not_shown(fake: FakeMetabase, bring: Bring) -> None:
    bring()
    assert fake.is_set_up
    with pytest.raises(MetabaseRefused, match="METABASE_ADMIN_PASSWORD have to be those") as told:
        bring(metabase_admin_password=SecretStr("wrong-and-secret"))
    assert "wrong-and-secret" not in f"{told.value}{told.value.__cause__}"


def test_a_warehouse_without_a_server_cannot_be_connected(fake: FakeMetabase, bring: Bring) -> None:
    with pytest.raises(StackFailed, match="WAREHOUSE_URL names no server"):
        bring(warehouse_url=SecretStr(""))
    assert fake.requests == []


@pytest.mark.parametrize(
    ("endpoint", "answer", "error", "said"),
    [
        pytest.param("GET /api/database", Response("<html>", 200), MetabaseUnexpected, "no JSON but", id="a page"),
        pytest.param("GET /api/database", Response('{"rows": []}', 200), MetabaseUnexpected, "no list", id="no list"),
        pytest.param("POST /api/collection", Response("{}", 200), MetabaseUnexpected, "without `id`", id="no id"),
        pytest.param("POST /api/card", Response("gone", 404), MetabaseUnexpected, "404 gone", id="no such endpoint"),
        pytest.param("POST /api/setup", Response("too common", 400), MetabaseRefused, "too common", id="a weak password"),
        pytest.param("POST /api/card", Response("late", 503), MetabaseUnexpected, "503 late", id="no second POST"),
    ],
)
def test_an_answer_of_another_version_is_named_by_its_endpoint(
    fake: FakeMetabase, bring: Bring, endpoint: str, answer: Response, error: type[Exception], said: str
) -> None:
    fake.failing[endpoint] = [answer]
    with pytest.raises(error, match=said) as told:
        bring()
    assert str(told.value).startswith(f"{endpoint} answered") or f"{endpoint}:" in str(told.value)


def test_what_a_broken_run_has_made_is_found_again_by_the_next_one(fake: FakeMetabase, bring: Bring) -> None:
    fake.failing["POST /api/dashboard"] = [Response("", 500)]
    with pytest.raises(MetabaseUnexpected, match="POST /api/dashboard answered 500"):
        bring()
    assert [change.split("/")[2] for change in changes_of(fake, bring)] == ["dashboard", "dashboard"]
    assert len(fake.cards) == len(CARDS)


def test_a_question_that_fails_for_a_moment_is_asked_again(fake: FakeMetabase, bring: Bring) -> None:
    fake.failing["GET /api/collection"] = [Response("", 503), Response("", 429)]
    bring()
    assert len(fake.collections) == 1


def test_no_request_but_those_that_must_carries_a_secret(fake: FakeMetabase, bring: Bring) -> None:
    bring()
    bring()
    told = {asked: str(body) for *asked_parts, body in fake.requests if (asked := " ".join(map(str, asked_parts)))}
    assert {asked for asked, body in told.items() if ADMIN in body} == {"POST /api/setup", "POST /api/session"}
    assert {asked for asked, body in told.items() if READER in body} == {"POST /api/database"}
    assert not any(OWNER in body or SEEN in body for body in told.values())


def test_nobody_who_listens_is_told_as_unreachable(bring: Bring) -> None:
    with pytest.raises(MetabaseUnreachable, match=r"GET /api/session/properties: http://127.0.0.1:1 no longer answers"):
        bring(metabase_url="http://127.0.0.1:1")
