"""Tests of the Explore page: charts with their numbers, where they lead, without books or runs, without a database."""

import json
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr
from streamlit.testing.v1 import AppTest

from elt_pipeline.storage.postgres.warehouse import Warehouse
from tests.support.drawn import links, words


def open_explore(app: AppTest) -> AppTest:
    app.query_params["page"] = "explore"
    return app.run()


def charts(app: AppTest) -> dict[str, dict[str, Any]]:
    """What Vega-Lite is told to draw, by the beginning of its description."""
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    return {spec["description"].partition(".")[0]: spec for spec in specs}


def test_each_section_has_its_cards_with_their_numbers(app: AppTest) -> None:
    drawn = words(open_explore(app))
    assert drawn.index("The books") < drawn.index("Books by decade") < drawn.index("How they get here")
    languages = drawn[drawn.index("Language") :]
    assert languages[:8] == ["Language", "Books", "English", "3", "Ancient Greek", "1", "not known", "1"]
    assert not app.exception


def test_an_upright_chart_has_its_numbers_as_a_table_too(app: AppTest) -> None:
    drawn = words(open_explore(app))
    decades = drawn[drawn.index("Decade") :]
    assert decades[:6] == ["Decade", "Books", "before 1800", "1", "1990s", "1"]
    spec = charts(app)["Books by decade"]
    assert spec["encoding"]["x"]["sort"] == ["before 1800", "1990s", "2000s", "not known"]
    assert "stand below as a table" in spec["description"]


def test_parts_of_a_column_are_stacked_as_they_are_named(app: AppTest) -> None:
    open_explore(app)
    spec = charts(app)["Rows not taken, by reason"]
    assert spec["encoding"]["color"]["sort"] == ["no title"]
    assert spec["encoding"]["order"]["field"] == "part"


def test_a_title_leads_to_its_book_and_an_author_to_a_search(app: AppTest) -> None:
    found = links(open_explore(app))
    assert found[0] == ("Harry Potter and the Order of the Phoenix", "/?book=2")
    assert ("Ὅμηρος", "/?q=%E1%BD%8D%CE%BC%CE%B7%CF%81%CE%BF%CF%82") in found


def test_without_books_the_page_says_how_to_begin_and_without_runs_that_there_was_none(app_without_books: AppTest) -> None:
    drawn = words(open_explore(app_without_books))
    assert drawn[drawn.index("The books") + 1] == "The catalogue is empty."
    assert "No refresh has succeeded yet." in drawn
    assert "No row has been turned away in the last thirty refreshes." in drawn
    assert not app_without_books.exception


def test_what_takes_too_long_is_said_in_its_place_and_the_rest_is_drawn(
    app: AppTest, published_url: str, warehouse: Warehouse
) -> None:
    impatient = published_url + "?options=-c%20statement_timeout%3D300"
    app.secrets["warehouse"] = {"url": impatient}
    owner_url = urlsplit(warehouse.owner_url.get_secret_value())._replace(path=urlsplit(published_url).path).geturl()
    with Warehouse(SecretStr(owner_url), warehouse.passwords).connect("owner") as owner, owner.transaction():
        owner.execute("lock table recommendations.books in access exclusive mode")
        drawn = words(open_explore(app))
    assert drawn[drawn.index("Books by decade") + 2] == "This could not be counted in time."
    assert drawn[drawn.index("Genre") + 2 :][:2] == ["Comedy", "1"]
    assert "gold.works" in drawn
    assert not app.exception


def test_a_database_that_is_down_is_said_to_be_down_once(app_without_database: AppTest) -> None:
    drawn = words(open_explore(app_without_database))
    assert drawn.count("The catalogue cannot be asked right now.") == 1
    assert not app_without_database.exception
