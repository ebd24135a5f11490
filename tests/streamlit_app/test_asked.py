"""Tests of what the app keeps: answers for a while, failures never; and of an app that was started without a database."""

from streamlit.testing.v1 import AppTest

from elt_pipeline.storage.postgres.warehouse import Warehouse


def search(app: AppTest, query: str) -> AppTest:
    app.query_params["q"] = query
    return app.run()


def test_an_app_started_without_a_database_says_how_to_start_it(app: AppTest) -> None:
    app.secrets.clear()
    assert "booklake serve" in search(app, "dune").error[0].value


def test_a_failure_is_not_kept(app: AppTest, published_url: str) -> None:
    app.secrets["warehouse"] = {"url": "postgresql://127.0.0.1:1/none"}
    assert search(app, "good omens").error
    app.secrets["warehouse"] = {"url": published_url}
    assert not app.run().error
    assert app.text[0].value == "Terry Pratchett, Neil Gaiman"


def test_an_answer_is_kept_while_the_database_is_away(app: AppTest) -> None:
    search(app, "good omens")
    app.secrets["warehouse"] = {"url": "postgresql://127.0.0.1:1/none"}
    assert not app.run().error
    assert app.text_input(key="q").set_value("potter").run().error


def test_a_database_without_a_publication_is_told_from_one_that_is_down(app: AppTest, empty_warehouse: Warehouse) -> None:
    app.secrets["warehouse"] = {"url": empty_warehouse.url_for("app").get_secret_value()}
    assert "has not been published" in search(app, "dune").error[0].value
