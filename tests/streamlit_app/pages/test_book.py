"""Tests of the Book page: found, moved, not found, and no database."""

import pytest
from streamlit.testing.v1 import AppTest

from streamlit_app.pages.book import files
from tests.support.drawn import links, words

PHOENIX = "Harry Potter and the Order of the Phoenix"


def open_book(app: AppTest, named: str, **asked: str) -> AppTest:
    for name, value in {"book": named, **asked}.items():
        app.query_params[name] = value
    return app.run()


def test_a_book_is_shown_with_its_facts_and_description(app: AppTest) -> None:
    assert words(open_book(app, "2"))[:8] == [
        "← Search",
        PHOENIX,
        "by J.K. Rowling",
        "Harry Potter, no. 5 · 2003 · English",
        "★ 4.50 from 2,358,637 ratings",
        "♥ I like it✕ Not for me",
        "There is a door. <b>Bold</b> *claims*",
        "3 editions",
    ]
    assert not app.exception


def test_genres_a_description_and_secure_links_to_files_are_shown(app: AppTest) -> None:
    drawn = words(open_book(app, "5"))
    assert drawn[5:9] == ["Comedy", "Fantasy", "♥ I like it✕ Not for me", "A *comedy* of the end."]
    assert "Files at books.example<omens>.epub ↗" in drawn
    assert [to for label, to in links(app) if label == "<omens>.epub ↗"] == ["https://books.example/<omens>.epub"]
    assert not [to for _, to in links(app) if to.startswith(("http://", "javascript:"))]


def test_of_many_files_all_but_the_first_are_folded_away() -> None:
    drawn = str(files([f"https://books.example/{number}.epub" for number in range(20)]))
    before, folded = drawn.split("<details>")
    assert before.count("<a ") == 6
    assert "14 more files" in folded
    assert folded.count("<a ") == 14


def test_an_author_leads_to_a_search_for_the_name(app: AppTest) -> None:
    found = links(open_book(app, "5"))
    assert ("Terry Pratchett", "/?q=Terry+Pratchett") in found
    assert ("Neil Gaiman", "/?q=Neil+Gaiman") in found


def test_the_editions_are_a_table_with_the_best_first(app: AppTest) -> None:
    drawn = words(open_book(app, "2"))
    heads = drawn.index("Title")
    assert drawn[heads : heads + 6] == ["Title", "Year", "Publisher", "Language", "Pages", "ISBN"]
    assert drawn[heads + 6 : heads + 18] == [
        *(PHOENIX, "2004", "Scholastic Inc.", "English", "870", "9786500000012"),
        *("Harry Potter e a Ordem da Fénix", "2003", "Presença", "Portuguese", "750"),
        PHOENIX,
    ]


def test_each_edition_says_why_it_is_here_those_of_one_reason_together(app: AppTest) -> None:
    drawn = words(open_book(app, "2"))
    first = drawn.index("Why these are one book")
    assert drawn[first + 1 : first + 10] == [
        *("Why", "What was compared", "Editions"),
        "It has the same title and the same author as another edition of this book.",
        "title “harry potter and the order of the phoenix” · author “j k rowling”",
        f"{PHOENIX} (2)",
        "Original and translation: one of them carries the title of the other.",
        "title “<b>e a ordem” · author “j k rowling” · in common “order”",
        "Harry Potter e a Ordem da Fénix",
    ]
    assert "Why it stands alone" in words(open_book(app, "4"))


def test_a_book_can_be_picked_for_the_reader_beside_earlier_picks(app: AppTest) -> None:
    found = links(open_book(app, "2", like="5", dislike="2"))
    assert ("♥ I like it", "/?page=for-you&like=5,2") in found
    assert ("✕ Not for you", "/?page=for-you&like=5&dislike=2") in found


def test_a_similar_book_links_on_and_says_why(app: AppTest) -> None:
    open_book(app, "1", searched="potter")
    assert links(app)[-1] == (PHOENIX, "/?book=2&searched=potter")
    assert words(app)[-1] == "author J.K. Rowling"


def test_a_book_without_similar_ones_says_so(app: AppTest) -> None:
    assert words(open_book(app, "4"))[-1].startswith("None is known yet")


def test_the_way_back_leads_to_the_search(app: AppTest) -> None:
    assert links(open_book(app, "4", searched='"<Iliad>'))[0] == ('← Results for “"<Iliad>”', "/?q=%22%3CIliad%3E")


def test_a_book_that_was_merged_is_shown_as_the_one_it_is_now(app: AppTest) -> None:
    assert words(open_book(app, "20"))[1] == PHOENIX


@pytest.mark.parametrize("named", ["999", "", "2 or 1=1", "9223372036854775808"])
def test_an_unknown_book_is_said_to_be_unknown(app: AppTest, named: str) -> None:
    assert words(open_book(app, named)) == [
        "← Search",
        f"There is no book “{named}” in this catalogue.",
        "It may have been taken out since the link was made: search for its title.",
    ]


def test_a_database_that_is_down_is_said_to_be_down(app_without_database: AppTest) -> None:
    drawn = words(open_book(app_without_database, "2"))
    assert drawn[1] == "The catalogue cannot be asked right now."
    assert not app_without_database.exception
