"""Tests of markup: text is escaped wherever it stands, and runs in the direction of its letters."""

import pytest

from streamlit_app.components.markup import Markup, joined, language_of_letters, tag, words_of_data

HOSTILE = "<script>alert('1')</script> & \"x\""
ESCAPED = "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;x&quot;"


def test_text_is_escaped_as_a_child_as_an_attribute_and_between_others() -> None:
    assert tag("p", HOSTILE, title=HOSTILE) == f'<p title="{ESCAPED}">{ESCAPED}</p>'
    assert joined(HOSTILE, tag("b"), by=" & ") == f"{ESCAPED} &amp; <b></b>"


def test_what_is_added_to_markup_is_text_again() -> None:
    assert tag("p", tag("b") + "<i>") == "<p>&lt;b&gt;&lt;/b&gt;&lt;i&gt;</p>"


def test_attributes_have_their_html_names_and_those_of_none_are_left_out() -> None:
    assert tag("img", class_="x", aria_label="", alt=None) == '<img class="x" aria-label="">'


def test_words_of_data_stand_in_one_line_and_choose_their_direction() -> None:
    assert words_of_data("h3", " סיפור \n על ", class_="x") == '<h3 class="x" dir="auto" lang="he">סיפור על</h3>'
    assert isinstance(words_of_data("p", ""), Markup)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dune", None),
        ("Идиот", None),
        ("ノルウェイの森", "ja"),
        ("三體", "zh"),
        ("채식주의자", "ko"),
        ("Ἰλιάς", "el"),
        ("", None),
    ],
)
def test_a_language_is_only_said_where_the_letters_leave_no_other(text: str, language: str | None) -> None:
    assert language_of_letters(text) == language
