"""SQL of each kind of source: names are quoted, and what differs stays in its place."""

import pytest

from elt_pipeline.sources.dialects import MYSQL, SQLITE, Dialect


@pytest.mark.parametrize(
    ("dialect", "name", "quoted"),
    [
        pytest.param(SQLITE, "Count of text reviews", '"Count of text reviews"', id="SQLite"),
        pytest.param(SQLITE, 'a"b', '"a""b"', id="SQLite, a quotation mark in the name"),
        pytest.param(MYSQL, "a`b", "`a``b`", id="MySQL, a backtick in the name"),
    ],
)
def test_a_name_is_quoted_whatever_is_in_it(dialect: Dialect, name: str, quoted: str) -> None:
    assert dialect.quoted(name) == quoted


def test_bytes_are_read_as_digits_and_numbers_as_text() -> None:
    assert SQLITE.marked_text("Cover", "BLOB") == """case when "Cover" is null then '' else '=' || hex("Cover") end"""
    price = "case when `Price` is null then '' else concat('=', cast(`Price` as char)) end"
    assert MYSQL.marked_text("Price", "DECIMAL(9,2)") == price
