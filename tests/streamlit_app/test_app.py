"""Tests of the frame: which page an address shows, and the ways between the pages."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.drawn import words


def masthead(app: AppTest) -> list[tuple[str, str, bool]]:
    """The links to the pages: where to, their words, and whether it is the page that is shown."""
    nav = next(re.findall("<nav.*</nav>", html.proto.body) for html in app.get("html") if "masthead" in html.proto.body)[0]
    found = re.findall(r'<a href="([^"]*)" target="_self"( aria-current="page")?>([^<]*)</a>', nav)
    return [(to, label, bool(current)) for to, current, label in found]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        pytest.param({}, "Find a book", id="nothing asked"),
        pytest.param({"q": "potter"}, "Find a book", id="a search"),
        pytest.param({"book": "5", "q": "potter"}, "Good Omens", id="a book and a search"),
        pytest.param({"page": "for-you"}, "For you", id="for you"),
        pytest.param({"page": "for-you", "book": "5"}, "For you", id="a page and a book"),
        pytest.param({"page": "explore"}, "Explore", id="explore"),
        pytest.param({"page": "trust"}, "Trust", id="trust"),
        pytest.param({"page": "nowhere"}, "Find a book", id="no such page"),
    ],
)
def test_the_address_decides_which_page_is_shown(app: AppTest, address: dict[str, str], title: str) -> None:
    for name, value in address.items():
        app.query_params[name] = value
    assert title in words(app.run())
    assert not app.exception


def test_every_page_links_to_the_others_and_marks_itself(app: AppTest) -> None:
    app.query_params["page"], app.query_params["like"] = "for-you", "5"
    assert masthead(app.run()) == [
        ("/?like=5", "Search", False),
        ("/?page=for-you&amp;like=5", "For you", True),
        ("/?page=explore&amp;like=5", "Explore", False),
        ("/?page=trust&amp;like=5", "Trust", False),
    ]
