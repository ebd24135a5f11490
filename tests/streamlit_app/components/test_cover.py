"""Tests of covers: always the same for the same book, sound XML for any words, legible."""

from xml.etree import ElementTree as ET

import pytest

from streamlit_app.components.cover import COLOURS, app_icon, cover, picture, wrapped
from tests.support.contrast import contrast

SVG = "{http://www.w3.org/2000/svg}"


def words_on(svg: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 -- of our own making


def test_a_cover_carries_title_and_authors() -> None:
    assert words_on(cover("Good Omens", "Terry Pratchett")) == ["Good Omens", "Terry Pratchett"]


def test_the_same_book_always_has_the_same_cover_and_another_book_another_one() -> None:
    assert cover("Dune", "Frank Herbert") == cover("Dune", "Frank Herbert")
    assert len({cover(f"Book {number}", None).replace(f"Book {number}", "") for number in range(40)}) > len(COLOURS)


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "a & b \"c\" 'd'", "\x0b\x00\ufffe", "", "x" * 10_000, "]]>"])
def test_any_words_make_a_sound_picture_and_no_markup(title: str) -> None:
    tags = {element.tag for element in ET.fromstring(cover(title, title)).iter()}  # noqa: S314 -- of our own making
    assert tags <= {f"{SVG}{name}" for name in ("svg", "g", "rect", "circle", "path", "text")}


def test_a_long_title_is_cut_visibly() -> None:
    lines = words_on(cover("word " * 100, None))[:-1]
    assert lines == ["word word", "word word", "word word", "word word", "word word…"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        pytest.param("Where the Wild Things Are", ["Where the", "Wild Things", "Are"], id="words"),
        pytest.param("Winnie-the-Pooh", ["Winnie-the-", "Pooh"], id="hyphens"),
        pytest.param("Donaudampfschifffahrt", ["Donaudampfsch", "ifffahrt"], id="a word longer than a line"),
        pytest.param("色彩を持たない多崎つくる", ["色彩を持たな", "い多崎つくる"], id="letters twice as wide"),
        pytest.param("", [""], id="nothing"),
        pytest.param("one two three four five six", ["one two three", "four five six"], id="to the last letter"),
    ],
)
def test_a_title_is_parted_between_words_and_hyphens_and_never_too_wide(title: str, lines: list[str]) -> None:
    assert wrapped(title, 13, 5) == lines


def test_a_long_word_gets_smaller_letters_before_it_is_parted() -> None:
    assert words_on(cover("The Interpretation of Dreams", None))[:-1] == ["The", "Interpretation", "of Dreams"]
    assert 'font-size="20.4"' in cover("The Interpretation of Dreams", None)
    assert 'font-size="22.0"' in cover("Dune", None)


def test_what_is_cut_off_leaves_room_for_its_sign() -> None:
    assert wrapped("one two three four five six", 13, 1) == ["one two thre…"]
    assert wrapped("色彩を持たない多崎つくる", 13, 1) == ["色彩を持たな…"]


def test_a_picture_carries_the_svg_itself_and_is_silent() -> None:
    image = picture(app_icon(), 28)
    assert image.startswith('<img src="data:image/svg+xml,%3Csvg%20')
    assert image.endswith('" width="28" alt="">')


@pytest.mark.parametrize("ground", [ground for ground, _ in COLOURS])
def test_white_letters_are_legible_on_every_ground(ground: str) -> None:
    assert contrast(ground, "#ffffff") >= 7  # WCAG 2.2, level AAA.


def test_the_icon_is_a_sound_picture() -> None:
    assert ET.fromstring(app_icon()).tag == f"{SVG}svg"  # noqa: S314 -- of our own making
