"""Tests of the app's own address: which page stands there."""

import pytest
from streamlit.testing.v1 import AppTest


@pytest.mark.parametrize(
    ("address", "title"),
    [
        pytest.param({}, "Find a book", id="nothing asked"),
        pytest.param({"q": "potter"}, "Find a book", id="a search"),
        pytest.param({"book": "5"}, "Good Omens", id="a book"),
        pytest.param({"book": "5", "q": "potter"}, "Good Omens", id="a book and a search"),
    ],
)
def test_the_address_decides_which_page_is_shown(app: AppTest, address: dict[str, str], title: str) -> None:
    for name, value in address.items():
        app.query_params[name] = value
    assert [heading.value for heading in app.run().title] == [title]
