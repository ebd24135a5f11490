"""Tests of the Book page: found, moved, not found, and no database."""

import re

import pytest
from streamlit.testing.v1 import AppTest

PHOENIX = "Harry Potter and the Order of the Phoenix"


def links(app: AppTest) -> list[tuple[str, str]]:
    drawn = (re.fullmatch('<a href="(.*?)" target="_self">(.*)</a>', html.proto.body) for html in app.get("html"))
    return [(link[2], link[1]) for link in drawn if link]


def open_book(app: AppTest, named: str, query: str = "") -> AppTest:
    app.query_params["book"] = named
    if query:
        app.query_params["searched"] = query
    return app.run()


def test_a_book_is_shown_with_its_facts_and_description(app: AppTest) -> None:
    open_book(app, "2")
    assert [title.value for title in app.title] == [PHOENIX]
    assert [text.value for text in app.text][:3] == [
        "Harry Potter, no. 5 · 2003 · English",
        "★ 4.50 from 2,358,637 ratings",
        "There is a door. <b>Bold</b> *claims*",
    ]
    assert app.markdown[0].value == r"by J\.K\. Rowling"
    assert not app.exception


def test_the_editions_are_a_table_with_the_best_first(app: AppTest) -> None:
    open_book(app, "2")
    assert [heading.value for heading in app.subheader] == ["3 editions", "Similar books"]
    assert app.markdown[1].value.splitlines()[2:] == [
        rf"| {PHOENIX} | 2004 | Scholastic Inc\. | English | 870 | 9786500000012 |",
        "| Harry Potter e a Ordem da Fénix | 2003 | Presença | Portuguese | 750 |  |",
        f"| {PHOENIX} |  |  |  |  |  |",
    ]


def test_a_similar_book_links_on_and_says_why(app: AppTest) -> None:
    open_book(app, "1")
    assert links(app)[1:] == [(PHOENIX, "?book=2")]
    assert app.caption[0].value == "the same author"


def test_a_book_without_similar_ones_says_so(app: AppTest) -> None:
    assert open_book(app, "4").caption[0].value.startswith("None is known yet")


def test_the_way_back_leads_to_the_search(app: AppTest) -> None:
    assert links(open_book(app, "4", query='"<Iliad>'))[0] == ("← Results for “&quot;&lt;Iliad&gt;”", "?q=%22%3CIliad%3E")


def test_without_a_search_the_way_back_leads_to_an_empty_one(app: AppTest) -> None:
    assert links(open_book(app, "4"))[0] == ("← Search", "?")


def test_a_book_that_was_merged_is_shown_as_the_one_it_is_now(app: AppTest) -> None:
    assert [title.value for title in open_book(app, "20").title] == [PHOENIX]


@pytest.mark.parametrize("named", ["999", "", "2 or 1=1", "9223372036854775808"])
def test_an_unknown_book_is_said_to_be_unknown(app: AppTest, named: str) -> None:
    open_book(app, named)
    assert app.info[0].value.startswith("**There is no book “")
    assert not app.title
    assert not app.error


def test_a_database_that_is_down_is_said_to_be_down(app_without_database: AppTest) -> None:
    open_book(app_without_database, "2")
    assert app_without_database.error[0].value.startswith("**The catalogue cannot be asked right now.** The database cannot")
    assert not app_without_database.info
    assert not app_without_database.exception
