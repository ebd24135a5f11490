"""Titles and descriptions are printed in several ways, none of which hides the work."""

import random

from dataset.generating.printed_texts import printed_description, printed_title
from dataset.generating.works import Work, folded

WORK = Work(1, "War and Peace", "Война и мир", ("Leo Tolstoy",), 1869, "rus", ("classics",), None, None, "A long war.")


def test_each_way_to_print_a_title_says_how_it_differs(rng: random.Random) -> None:
    printed = {printed_title(rng, WORK, "title") for _ in range(2_000)}
    assert {variation for title in printed for variation in title.variations} == {"ampersand", "subtitle", "edition_note"}
    for name, variations in printed:
        assert ("&" in name) == ("ampersand" in variations)
        assert (": " in name) == ("subtitle" in variations)
        assert name.endswith(")") == ("edition_note" in variations)
        assert folded(name.replace("&", "and")).startswith("war and peace")


def test_an_original_edition_prints_the_original_title(rng: random.Random) -> None:
    name, variations = printed_title(rng, WORK, "original_title")
    assert name.startswith("Война и мир")
    assert variations[0] == "original_title"


def test_half_of_the_translations_name_the_original_title_in_their_description(rng: random.Random) -> None:
    texts = [printed_description(rng, WORK, "ebook", "title") for _ in range(200)]
    assert set(texts) == {"A long war.", "A long war. Original title: Война и мир."}
    assert 60 < sum("Original" in text for text in texts) < 140
    assert printed_description(rng, WORK, "ebook", "original_title") == "A long war."
