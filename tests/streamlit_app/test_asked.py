"""Tests of what the app keeps: answers for a while, failures never; and of an app that was started without a database."""

from streamlit.testing.v1 import AppTest

from elt_pipeline.storage.postgres.warehouse import Warehouse
from tests.support.drawn import words

DOWN = "The catalogue cannot be asked right now."


def search(app: AppTest, query: str) -> AppTest:
    app.query_params["q"] = query
    return app.run()


def test_an_app_started_without_a_database_says_how_to_start_it(app: AppTest) -> None:
    app.secrets.clear()
    assert "booklake serve" in words(search(app, "dune"))[-1]


def test_a_failure_is_not_kept(app: AppTest, published_url: str) -> None:
    app.secrets["warehouse"] = {"url": "postgresql://127.0.0.1:1/none"}
    assert DOWN in words(search(app, "good omens"))
    app.secrets["warehouse"] = {"url": published_url}
    assert "Terry Pratchett, Neil Gaiman" in words(app.run())


def test_an_answer_is_kept_while_the_database_is_away(app: AppTest) -> None:
    search(app, "good omens")
    app.secrets["warehouse"] = {"url": "postgresql://127.0.0.1:1/none"}
    assert "Good Omens" in words(app.run())
    assert DOWN in words(app.text_input(key="q").set_value("potter").run())


def test_a_database_without_a_publication_is_told_from_one_that_is_down(app: AppTest, empty_warehouse: Warehouse) -> None:
    app.secrets["warehouse"] = {"url": empty_warehouse.url_for("app").get_secret_value()}
    assert "has not been published" in words(search(app, "dune"))[-1]
