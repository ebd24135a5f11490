"""Tests of cards: what a file has to say, and that each of ours answers as it promises, for the app and for analysts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import Connection

from catalogue.cards import CARDS_DIR, Card, CardUnreadable, Chart, answer_card, read_cards
from catalogue.connecting import connect
from elt_pipeline.storage.postgres.warehouse import Warehouse

CARDS = read_cards()
CHART = """-- title: Books by genre
-- description: All of them.
-- empty: None yet.
-- section: books
-- place: 3
-- chart: bars
-- across: genre
-- values: book_count
-- column: genre = Genre
-- column: book_count = Books
select 'x' as genre, 1 as book_count
"""


def card_of(folder: Path, text: str) -> Card:
    (folder / "some_card.sql").write_text(text, encoding="utf-8")
    return read_cards(folder)[0]


def test_a_file_says_what_its_card_shows(tmp_path: Path) -> None:
    card = card_of(tmp_path, CHART)
    assert (card.name, card.title, card.description, card.empty) == ("some_card", "Books by genre", "All of them.", "None yet.")
    assert (card.section, card.place, card.is_wide, card.chart) == ("books", 3, False, Chart.BARS)
    assert (card.across, card.values, card.series) == ("genre", "book_count", None)
    assert list(card.labels.items()) == [("genre", "Genre"), ("book_count", "Books")]
    assert card_of(tmp_path, CHART.replace("-- place: 3", "-- place: 3\n-- width: full")).is_wide


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        pytest.param("-- title: Books by genre\n", "", "lacks title. Write `-- title: …`", id="no title"),
        pytest.param("-- chart: bars", "-- chart: pie", "`pie` is no kind of chart. Write one of columns, ", id="no such chart"),
        pytest.param("-- place: 3", "-- place: first", "`first` is no place", id="no place"),
        pytest.param("-- values: book_count", "-- values: books", "`books` is drawn, but is none", id="no such column"),
        pytest.param("-- values: book_count\n", "", "a chart has an axis and values", id="a chart without values"),
        pytest.param("-- chart: bars", "-- chart: table", "a table neither", id="a table with values"),
        pytest.param("-- place: 3", "-- place: 3\n-- colour: red", "`-- colour: red` is unknown", id="no such word"),
        pytest.param("-- place: 3", "-- place: 3\n-- place: 4", "or stands there twice", id="twice"),
    ],
)
def test_a_file_that_says_too_little_or_nonsense_is_named(tmp_path: Path, line: str, instead: str, said: str) -> None:
    assert line in CHART
    with pytest.raises(CardUnreadable, match=re.escape(said)) as told:
        card_of(tmp_path, CHART.replace(line, instead))
    assert "some_card.sql" in str(told.value)


def test_a_folder_without_cards_is_no_empty_page(tmp_path: Path) -> None:
    with pytest.raises(CardUnreadable, match="holds no card"):
        read_cards(tmp_path)


def test_ours_are_at_least_eight_and_each_has_a_place_of_its_own() -> None:
    assert len(CARDS) >= 8
    assert [card.place for card in CARDS] == list(range(1, len(CARDS) + 1))
    assert len({card.title for card in CARDS}) == len(CARDS) == len(list(CARDS_DIR.glob("*.sql")))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_query_reads_only_what_the_app_may_read_and_has_nothing_that_metabase_takes_for_its_own(card: Card) -> None:
    read = set(re.findall(r"^\s*(?:from|\w+ join) (\w+)\.\w+", card.sql, re.MULTILINE))
    assert read
    assert read <= {"recommendations", "ops"}
    assert not re.search(r"\{\{|\[\[|%", card.sql.replace("like 'recommendations.%'", ""))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_before_the_first_book_and_the_first_run_a_card_is_empty_and_no_error(app_without_runs: Connection, card: Card) -> None:
    assert answer_card(app_without_runs, card) == []


def test_what_was_published_by_hand_is_counted_as_a_person_would(app: Connection) -> None:
    told: dict[str, list[tuple[Any, ...]]] = {
        card.name: [tuple(row.values()) for row in answer_card(app, card)] for card in CARDS
    }
    assert told["books_by_decade"] == [("before 1800", 1), ("1990s", 1), ("2000s", 2), ("not known", 1)]
    assert told["books_by_stars"] == [("4.00", 1), ("4.25", 0), ("4.50", 2), ("4.75", 0), ("5.00", 1)]
    assert told["books_by_genre"] == [("Comedy", 1), ("Fantasy", 1)]
    assert told["books_by_language"] == [("eng", 3), ("grc", 1), ("not known", 1)]
    assert [row[0] for row in told["most_read_books"]] == [2, 1, 4, 5]
    assert told["most_read_authors"][:2] == [("J.K. Rowling", 4656761, 2), ("Ὅμηρος", 12, 1)]
    assert [(at.day, *row) for at, *row in told["rejected_rows_by_run"]] == [(18, "no_title", 0), (19, "no_title", 1)]
    assert [(at.day, float(seconds)) for at, seconds in told["seconds_by_run"]] == [(18, 0.0), (19, 125.0)]
    assert [(name, float(median)) for name, median, *_ in told["seconds_by_asset"]] == [
        ("gold.works", 99.0),
        ("recommendations", 8.0),
        ("bronze.books", 2.0),
    ]
    assert told["rows_by_layer"] == [("bronze", 10, 1), ("gold", 5, 1), ("recommendations", 12, 2)]
    freshness = {name: (looked.day, changed and changed.day, rows) for name, looked, changed, rows in told["freshness"]}
    assert freshness["gold.works"] == (19, 18, 5)
    assert freshness["recommendations.books"] == (19, None, 5)


def test_the_thirteenth_language_and_those_after_it_are_others(published: Warehouse) -> None:
    card = next(card for card in CARDS if card.name == "books_by_language")
    add = """
        insert into recommendations.books
        (work_id, title, language_code, edition_count, rating_count, reader_count, best_edition_id)
        select 1000 + place, 'x', 'l' || chr(96 + place::int), 1, 0, 0, 1 from generate_series(1, 13) as place
    """
    with published.connect("owner") as owner, owner.transaction(force_rollback=True):
        owner.execute(add)
        assert [tuple(row.values()) for row in answer_card(owner, card)][-3:] == [("lj", 1), ("others", 3), ("not known", 1)]


@pytest.fixture
def app_without_runs(empty_warehouse: Warehouse) -> Iterator[Connection]:
    with empty_warehouse.connect("owner") as owner:
        owner.execute((Path(__file__).parent / "published.sql").read_bytes())
        owner.execute("truncate recommendations.books, recommendations.book_authors, recommendations.book_genres")
    with connect(empty_warehouse.url_for("app").get_secret_value()) as connection:
        yield connection
