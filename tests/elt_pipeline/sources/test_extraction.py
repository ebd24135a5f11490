"""Rows as they are read: in batches, held against the sums that the source itself computes."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from elt_pipeline.sources.dialects import SQLITE
from elt_pipeline.sources.drift import MatchedColumn
from elt_pipeline.sources.errors import SourceChanged, SourceUnavailable
from elt_pipeline.sources.extraction import ROWS_PER_BATCH, Extraction, checksum

POISON = [
    "",
    None,
    " ",
    "\x00after",
    "a\x00b",
    "é",
    "中文",
    "🐉",
    "\\N",
    '"',
    "a\r\nb",
    "1",
    "=",
    "x" * 100_000,
    "\u202e",
    "e\u0301",
]


def nothing_to_confirm() -> None:
    return None


@pytest.fixture
def extraction(tmp_path: Path) -> Callable[..., Extraction]:
    file = tmp_path / "source.db"

    def ask(query: str) -> Sequence[int]:
        with closing(sqlite3.connect(file)) as connection:
            return list(connection.execute(query).fetchone())

    def make(declared: str, rows: Sequence[tuple[object, ...]], *columns: MatchedColumn) -> Extraction:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(f"create table shelf ({declared})")
            connection.executemany(f"insert into shelf values ({', '.join('?' * len(columns))})", rows)
        return Extraction("shelf", columns, SQLITE, f"sqlite://{file}", ask)

    return make


def test_poisoned_texts_come_through_and_their_sums_agree(extraction: Callable[..., Extraction]) -> None:
    shelf = extraction("Title text", [(text,) for text in POISON], MatchedColumn("Title", "TEXT", "Name"))
    found = shelf.rows(nothing_to_confirm).collect()
    assert found.schema == {"Name": pl.String()}
    assert sorted(found["Name"].to_list(), key=repr) == sorted(POISON, key=repr)


def test_more_rows_than_a_batch_are_all_read_once(extraction: Callable[..., Extraction]) -> None:
    rows = [(str(number),) for number in range(2 * ROWS_PER_BATCH + 1)]
    found = extraction("Title text", rows, MatchedColumn("Title", "TEXT", "Title")).rows(nothing_to_confirm).collect()
    assert sorted(found["Title"].cast(pl.Int64).to_list()) == list(range(2 * ROWS_PER_BATCH + 1))


def test_what_is_asked_of_the_rows_is_answered_as_of_any_frame(extraction: Callable[..., Extraction]) -> None:
    two = [MatchedColumn("Title", "TEXT", "Title"), MatchedColumn("Place", "TEXT", "Place")]
    rows = extraction("Title text, Place text", [("Dune", "1"), ("Emma", "2"), ("Ubik", "2")], *two).rows(nothing_to_confirm)
    assert sorted(rows.filter(pl.col("Place") == "2").select("Title").collect()["Title"].to_list()) == ["Emma", "Ubik"]
    assert rows.head(2).collect().height == 2


@pytest.mark.parametrize(
    ("kind", "values", "texts"),
    [
        pytest.param("integer", [None, 0, -3], [None, "0", "-3"], id="whole numbers, null first"),
        pytest.param("integer", [1, "many", 2.5], ["1", "many", "2.5"], id="values of several kinds"),
        pytest.param("blob", [None, b"", b"\xff\x00"], [None, "", "FF00"], id="bytes as hexadecimal digits"),
        pytest.param("", [None, None], [None, None], id="no type and no value"),
    ],
)
def test_a_column_of_another_type_is_read_as_text(
    extraction: Callable[..., Extraction], kind: str, values: list[object], texts: list[str | None]
) -> None:
    shelf = extraction(
        f"Other {kind}", [(value,) for value in values], MatchedColumn("Other", kind.upper(), "Other", is_new=True)
    )
    assert shelf.rows(nothing_to_confirm).collect()["Other"].to_list() == texts


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param("delete from shelf where Title = 'Dune'", "rows 1 there, 2 read", id="a row less"),
        pytest.param("insert into shelf values ('Ubik')", "rows 3 there, 2 read", id="a row more"),
        pytest.param("update shelf set Title = null", "values that are not null of `Title` 0 there, 2 read", id="nulls"),
        pytest.param("update shelf set Title = Title || '!'", "bytes in them of `Title` 10 there, 8 read", id="longer texts"),
        pytest.param(
            "update shelf set Title = 'Mmma'", "sum of their first bytes of `Title` 154 there, 137 read", id="other texts"
        ),
    ],
)
def test_a_table_that_changes_while_it_is_read_is_refused(extraction: Callable[..., Extraction], change: str, told: str) -> None:
    shelf = extraction("Title text", [("Dune",), ("Emma",)], MatchedColumn("Title", "TEXT", "Title"))

    def ask_later(query: str) -> Sequence[int]:
        with closing(sqlite3.connect(shelf.address.removeprefix("sqlite://"))) as connection:
            connection.execute(change)
            return list(connection.execute(query).fetchone())

    changing = Extraction(shelf.table, shelf.columns, shelf.dialect, shelf.address, ask_later)
    with pytest.raises(SourceChanged, match=f"`shelf` changed while it was read: .*{told}.*run it again"):
        changing.rows(nothing_to_confirm).collect()


def test_a_value_that_is_no_text_in_a_column_of_text_is_told_of(extraction: Callable[..., Extraction]) -> None:
    shelf = extraction("Title text", [("Dune",), (b"\xff",)], MatchedColumn("Title", "TEXT", "Title"))
    with pytest.raises(SourceUnavailable, match=r"`shelf` could not be read: .*see to that row"):
        shelf.rows(nothing_to_confirm).collect()


def test_the_checksum_of_no_rows_is_all_zeros() -> None:
    assert checksum(pl.DataFrame(schema={"a": pl.String, "b": pl.String})) == [0] * 7
    assert checksum(pl.DataFrame({"a": [None, None]}, schema={"a": pl.String})) == [2, 0, 0, 0]


def test_a_driver_s_words_are_told_without_the_password_of_the_address(extraction: Callable[..., Extraction]) -> None:
    shelf = extraction("Title text", [], MatchedColumn("Title", "TEXT", "Title"))
    away = Extraction(shelf.table, shelf.columns, shelf.dialect, "nothing://reader:hush@host/books", shelf.ask)
    with pytest.raises(SourceUnavailable, match="`shelf` could not be read: ") as error:
        away.rows(nothing_to_confirm).collect()
    assert "hush" not in str(error.value)
