"""Tests of the ledger's codes as sentences: none that the pipeline writes is left without one."""

import re
from pathlib import Path

import pytest

from streamlit_app.components.ledger_words import SENTENCES, sentence, table

ROOT = Path(__file__).parents[3]
RULE_FILES = ("editions", "ratings", "links", "genres", "records")
LINE_FILES = ("csv_reader", "encodings")


def read_text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def reasons_in_the_code() -> set[str]:
    """The reasons that the transforms and the loader write, read from their source."""
    rejections = {
        code
        for name in RULE_FILES
        for line in read_text(f"elt_pipeline/transforms/{name}.py").splitlines()
        if "when(" in line and "alias(" not in line
        for code in re.findall(r', "([a-z]+(?:_[a-z]+)*)"\)', line)
    }
    lines = {
        code
        for name in LINE_FILES
        for code in re.findall(
            r'^[A-Z_]+ = "([a-z]+(?:_[a-z]+)+)"$', (ROOT / f"dataset/loading/{name}.py").read_text(), re.MULTILINE
        )
    }
    return rejections | lines


def test_every_reason_that_the_pipeline_writes_has_its_sentence() -> None:
    codes = reasons_in_the_code()
    assert {"no_title", "title_matches_no_work", "field_count", "nul_byte", "isbn_impossible"} <= codes
    assert [code for code in sorted(codes) if code not in SENTENCES] == []


@pytest.mark.parametrize(
    ("source_table", "reason", "expected"),
    [
        ("rating", "same_work", "The same reader had rated another edition of the same book: the higher rating stays."),
        ("book_genre", "same_work", "Another edition of the same book is in that genre already: one entry is enough."),
        ("book", "a_new_reason", "A new reason."),
    ],
)
def test_a_sentence_fits_its_table_and_a_new_code_is_readable(source_table: str, reason: str, expected: str) -> None:
    assert sentence(source_table, reason) == expected


def test_tables_have_names_for_people_and_unknown_ones_their_own() -> None:
    assert (table("user_rating"), table("new_table")) == ("Ratings in words", "new_table")
