"""Tests of the Search page: found, not found, nothing asked yet, and no database."""

import re

import pytest
from streamlit.testing.v1 import AppTest


def links(app: AppTest) -> list[tuple[str, str]]:
    drawn = (re.fullmatch('<a href="(.*?)" target="_self">(.*)</a>', html.proto.body) for html in app.get("html"))
    return [(link[2], link[1]) for link in drawn if link]


def search(app: AppTest, query: str) -> AppTest:
    app.query_params["q"] = query
    return app.run()


def test_found_books_are_cards_that_link_to_their_pages(app: AppTest) -> None:
    search(app, "order of")
    assert links(app) == [("Harry Potter and the Order of the Phoenix", "?book=2&amp;searched=order+of")]
    assert [text.value for text in app.text] == ["J.K. Rowling", "Harry Potter, no. 5 · 2003", "★ 4.50 from 2,358,637 ratings"]
    assert [caption.value for caption in app.caption] == ["3 editions · the very title"]
    assert len(app.get("image")) == 1
    assert not app.exception


def test_a_search_typed_into_the_box_is_answered(app: AppTest) -> None:
    app.run()
    app.text_input(key="q").set_value("good omens").run()
    assert [query for _, query in links(app)] == ["?book=5&amp;searched=good+omens"]


def test_a_corrected_search_says_what_was_searched_and_what_was_typed(app: AppTest) -> None:
    search(app, "hary poter")
    assert app.markdown[0].value == "Showing results for **harry potter**. You typed “hary poter”."
    assert [query for _, query in links(app)] == ["?book=2&amp;searched=hary+poter", "?book=1&amp;searched=hary+poter"]


def test_nothing_found_says_what_was_tried_and_what_to_do(app: AppTest) -> None:
    search(app, "no *such* book")
    assert app.info[0].value == (
        r"**Nothing found for “no \*such\* book”.** Titles, authors and ISBNs were compared, misspellings allowed for. "
        "Try fewer words, a last name, or an ISBN from the back of the book."
    )
    assert not links(app)
    assert not app.error


def test_before_a_search_examples_are_offered(app: AppTest) -> None:
    app.run()
    assert links(app) == [
        ("harry potter and the order of the phenix", "?q=harry+potter+and+the+order+of+the+phenix"),
        ("J.K. Rowling", "?q=J.K.+Rowling"),
        ("9786500000012", "?q=9786500000012"),
    ]


@pytest.mark.parametrize("query", ["", "dune"])
def test_a_database_that_is_down_is_said_to_be_down(app_without_database: AppTest, query: str) -> None:
    app = search(app_without_database, query)
    assert app.error[0].value.startswith("**The catalogue cannot be asked right now.** The database cannot be reached")
    assert not app.info
    assert not app.exception


def test_markup_in_a_title_stays_text(app: AppTest) -> None:
    search(app, "script")
    assert links(app) == [
        (
            "&lt;script&gt;alert(1)&lt;/script&gt; *bold* [x](javascript:alert(1)) $x^2$ :smile: www.example.com",
            "?book=3&amp;searched=script",
        )
    ]


def test_markup_in_a_search_stays_text(app: AppTest) -> None:
    search(app, '"><script>')
    assert app.info[0].value.startswith(r"**Nothing found for “\"\>\<script\>”.**")
