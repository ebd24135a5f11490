"""Tests of the Search page: found, not found, nothing asked yet, an empty catalogue, and no database."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.drawn import links, read, words

PHOENIX = "Harry Potter and the Order of the Phoenix"


def search(app: AppTest, query: str, **asked: str) -> AppTest:
    for name, value in {"q": query, **asked}.items():
        app.query_params[name] = value
    return app.run()


def test_found_books_are_cards_that_link_to_their_pages(app: AppTest) -> None:
    search(app, "order of")
    assert links(app) == [(PHOENIX, "/?book=2&searched=order+of")]
    assert words(app)[1:] == [
        PHOENIX,
        "J.K. Rowling",
        "Harry Potter, no. 5 · 2003",
        "★ 4.50 from 2,358,637 ratings",
        "3 editions · the very title",
    ]
    assert "img" in read(app).tags
    assert not app.exception


def test_a_search_typed_into_the_box_is_answered(app: AppTest) -> None:
    app.run()
    app.text_input(key="q").set_value("good omens").run()
    assert links(app) == [("Good Omens", "/?book=5&searched=good+omens")]


def test_a_corrected_search_says_how_it_was_read_and_offers_the_letter(app: AppTest) -> None:
    search(app, "hary poter")
    assert words(app)[1] == "Read as harry potter. Search for exactly “hary poter”"
    assert links(app)[0] == ("Search for exactly “hary poter”", "/?q=hary+poter&spelling=exact")
    assert [to for _, to in links(app)[1:]] == ["/?book=2&searched=hary+poter", "/?book=1&searched=hary+poter"]


def test_a_search_to_the_letter_finds_no_other_spelling_and_offers_them(app: AppTest) -> None:
    search(app, "hary poter", spelling="exact")
    assert words(app)[1:] == [
        "Only books with exactly “hary poter”. Allow other spellings",
        "No book has these words in exactly this spelling.",
    ]
    assert links(app) == [("Allow other spellings", "/?q=hary+poter")]


def test_the_next_search_after_one_to_the_letter_is_read_with_goodwill(app: AppTest) -> None:
    search(app, "potter", spelling="exact")
    app.text_input(key="q").set_value("hary poter").run()
    assert words(app)[1].startswith("Read as harry potter.")


def test_nothing_found_says_what_was_tried_and_what_to_do(app: AppTest) -> None:
    search(app, "no *such* book")
    nothing, tried = words(app)[1:]
    assert nothing == "Nothing found for “no *such* book”."
    assert tried.startswith("Titles, series, authors and ISBNs were compared")
    assert not links(app)


def test_before_a_search_examples_and_books_are_offered(app: AppTest) -> None:
    app.run()
    assert links(app) == [
        ("harry potter and the order of the phenix", "/?q=harry+potter+and+the+order+of+the+phenix"),
        ("J.K. Rowling", "/?q=J.K.+Rowling"),
        ("9786500000012", "/?q=9786500000012"),
        (PHOENIX, "/?book=2"),
        ("Harry Potter and the Half-Blood Prince", "/?book=1"),
        ("Ἰλιάς", "/?book=4"),
        ("Good Omens", "/?book=5"),
        ("<script>alert(1)</script> *bold* [x](javascript:alert(1)) $x^2$ :smile: www.example.com", "/?book=3"),
    ]


def test_an_empty_catalogue_says_how_it_is_filled(app_without_books: AppTest) -> None:
    assert words(app_without_books.run())[1] == "The catalogue is empty."


@pytest.mark.parametrize("query", ["", "dune"])
def test_a_database_that_is_down_is_said_to_be_down(app_without_database: AppTest, query: str) -> None:
    down, what_to_do = words(search(app_without_database, query))[1:]
    assert down == "The catalogue cannot be asked right now."
    assert what_to_do.startswith("The database cannot be reached")
    assert not app_without_database.exception


def test_markup_in_a_title_stays_text(app: AppTest) -> None:
    search(app, "script")
    title = "<script>alert(1)</script> *bold* [x](javascript:alert(1)) $x^2$ :smile: www.example.com"
    assert links(app) == [(title, "/?book=3&searched=script")]
    assert "script" not in read(app).tags


def test_markup_in_a_search_stays_text(app: AppTest) -> None:
    assert words(search(app, '"><script>'))[1] == 'Nothing found for “"><script>”.'
    assert "script" not in read(app).tags
