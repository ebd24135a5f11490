"""Tests of the grouping's codes as sentences: none that the pipeline writes is left without one."""

import re
from pathlib import Path

import pytest

from streamlit_app.components.grouping_words import SENTENCES, compared, sentence

TRANSFORMS = Path(__file__).parents[3] / "elt_pipeline" / "transforms"
LANGUAGES = {"eng"}


def rules_in_the_code() -> set[str]:
    """The rules that the transforms write: their constants with a code for value, the languages aside."""
    texts = [(TRANSFORMS / f"{name}.py").read_text(encoding="utf-8") for name in ("grouping", "following")]
    return {code for text in texts for code in re.findall(r'^[A-Z_]+ = "([a-z_]+)"$', text, re.MULTILINE)} - LANGUAGES


def test_every_rule_of_the_pipeline_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert rules_in_the_code() == set(SENTENCES)


def test_an_unknown_rule_is_shown_as_it_stands() -> None:
    assert sentence("same_cover_art") == "same_cover_art"


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        ("title=dune messiah author=frank herbert", "title “dune messiah” · author “frank herbert”"),
        (
            "title=asterix le gaulois author=r g name=asterix #1",
            "title “asterix le gaulois” · author “r g” · in common “asterix #1”",
        ),
        ("title=2001", "title “2001”"),
        ("seen by hand", "seen by hand"),
        ("", ""),
    ],
)
def test_the_evidence_is_told_part_by_part(evidence: str, told: str) -> None:
    assert compared(evidence) == told
