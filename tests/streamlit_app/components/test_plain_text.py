"""Tests of text that stays text; that a browser shows it so is tested in tests/streamlit_app/test_browser.py."""

import pytest

from streamlit_app.components.plain_text import plain

JOIN = "\u2060"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        pytest.param("Good Omens", "Good Omens", id="nothing to escape"),
        pytest.param("Ἰλιάς 📚", "Ἰλιάς 📚", id="other scripts"),
        pytest.param("<script>", r"\<script\>", id="HTML"),
        pytest.param("*b* _i_ ~~s~~ `c`", r"\*b\* \_i\_ \~\~s\~\~ \`c\`", id="emphasis"),
        pytest.param("[x](javascript:a)", rf"\[x\]\(javascript\:{JOIN}a\)", id="link"),
        pytest.param("$x$", r"\$x\$", id="formula"),
        pytest.param(":smile:", rf"\:{JOIN}smile\:", id="emoji"),
        pytest.param(":red[x]", rf"\:{JOIN}red\[x\]", id="colour"),
        pytest.param("http://a.example", rf"http\:{JOIN}\/\/a\.example", id="address"),
        pytest.param("www.a.example", rf"www{JOIN}\.a\.example", id="address without a scheme"),
        pytest.param("a@b.example", rf"a\@{JOIN}b\.example", id="mail address"),
        pytest.param("-> <- --", rf"\-{JOIN}\> \<{JOIN}\- \-{JOIN}\-", id="arrows and dashes"),
        pytest.param("1. # x", r"1\. \# x", id="list and heading"),
        pytest.param(" a \n\n b ", "a b", id="lines"),
        pytest.param(r"a\b", r"a\\b", id="backslash"),
        pytest.param("Dune: Part One", r"Dune\: Part One", id="a colon of a subtitle"),
    ],
)
def test_markdown_shows_the_text_as_it_stands(text: str, markdown: str) -> None:
    assert plain(text) == markdown
