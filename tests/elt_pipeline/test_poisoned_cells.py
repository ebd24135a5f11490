"""Cells that break other readers, from a CSV file through the source database to the Delta table: byte by byte, or on record."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from pydantic import SecretStr

from dataset.loading.loader import load_files
from elt_pipeline.contracts import bronze
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.sources.database import SourceDatabase
from elt_pipeline.storage.delta.commits import Fingerprint, Stamp
from elt_pipeline.storage.delta.polars_writer import replace_changed
from elt_pipeline.transforms.publish_partitions import with_publish_partition

# Each as it stands in the file, quotes included, and what must come out.
KEPT: dict[str, tuple[str, str | None]] = {
    "newline": ('"a\nb"', "a\nb"),
    "windows newline": ('"a\r\nb"', "a\r\nb"),
    "lone carriage return": ('"a\rb"', "a\rb"),
    "doubled quotes": ('"say ""x"" and """""', 'say "x" and ""'),
    "quote within": ("5'10\" tall", "5'10\" tall"),
    "single quote": ("Ender's Game", "Ender's Game"),
    "comma": ('"Emma, a Novel"', "Emma, a Novel"),
    "backslash": ("a\\", "a\\"),
    "the null of another format": ("\\N", "\\N"),
    "tab": ("a\tb", "a\tb"),
    "pads": ("  a\u00a0 ", "  a\u00a0 "),
    "emoji": ("📚🏽\u200d🚀", "📚🏽\u200d🚀"),
    "bidirectional override": ("\u202egnp.exe", "\u202egnp.exe"),
    "combining marks": ("e\u0301\u0323", "e\u0301\u0323"),
    "zero width": ("a\u200bb\ufeffc", "a\u200bb\ufeffc"),
    "line ends of other worlds": ("a\u2028b\x85c\x0bd", "a\u2028b\x85c\x0bd"),
    "formula": ('"=HYPERLINK(""https://books.example"",""x"")"', '=HYPERLINK("https://books.example","x")'),
    "wrapped by a spreadsheet": ('"=""007"""', '="007"'),
    "very long": ("x" * 2**20, "x" * 2**20),
    "ten thousand lines": ('"' + "line\n" * 10_000 + '"', "line\n" * 10_000),
    "empty in quotes": ('""', ""),
    "missing": ("", None),
    "a word for nothing": ("NULL", "NULL"),
}
REJECTED: dict[str, tuple[bytes, str]] = {
    "zero byte": (b"a\0b", "nul_byte"),
    "bytes that are no text": (b"Caf\xe9", "invalid_encoding"),
    "text behind a quote": (b'"a"b', "text_after_quote"),
    "one cell too many": (b"a,b", "field_count"),
    "longer than any cell": (b"x" * (17 * 2**20), "cell_too_large"),
    # Last, since a quote further down would seem to close it.
    "quote that stays open": (b'"a', "quote_not_closed"),
}
# As the source's own format names them, and as somebody's own catalogue does: there `Shelf` is kept beside.
HEADERS = {"the source's format": ("book.csv", "Id,Name,Mood"), "a catalogue": ("mine.csv", "Id,Title,Mood")}


@dataclass(frozen=True)
class Loaded:
    """What a file with all these cells became: the books and rejects in bronze, and how many lines begin a row."""

    books: pl.DataFrame
    rejects: pl.DataFrame
    row_count: int


def through_bronze(database: Path, contract: TableContract, lake: Path) -> pl.DataFrame:
    rows = SourceDatabase(SecretStr(f"sqlite:///{database}")).rows(contract)
    partitioned = with_publish_partition(rows) if contract.partition_column else rows
    replace_changed(contract, str(lake / contract.name), partitioned, Stamp("run", Fingerprint("code")), None)
    return pl.scan_delta(str(lake / contract.name)).collect()


@pytest.fixture(scope="module", params=HEADERS)
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("poisoned")
    name, header = HEADERS[request.param]
    kept = [f"{row},{cell},{cell}".encode() for row, (cell, _) in enumerate(KEPT.values(), start=1)]
    rejected = [b"%d,%b,x" % (row, cell) for row, (cell, _) in enumerate(REJECTED.values(), start=100)]
    # Good rows between all others show whether a neighbour was harmed.
    good = [b"%d,Emma,good" % row for row in range(1_000, 1_000 + len(kept) + len(rejected))]
    lines = [line for pair in zip([*kept, *rejected], good, strict=True) for line in pair]
    (folder / name).write_bytes(b"\n".join([header.encode(), *lines]) + b"\n")
    load_files(folder / name, f"sqlite:///{folder}/source.db", report=lambda _: None)
    found = [through_bronze(folder / "source.db", table, folder) for table in (bronze.BOOKS, bronze.LOAD_REJECTS)]
    return Loaded(found[0], found[1], len(lines))


@pytest.mark.parametrize("name", KEPT)
def test_a_poisoned_cell_comes_through_byte_by_byte(loaded: Loaded, name: str) -> None:
    row, expected = str(list(KEPT).index(name) + 1), KEPT[name][1]
    found = loaded.books.filter(pl.col("Id") == row).select("Name", "Mood").rows()
    assert found == [(expected, expected)]


@pytest.mark.parametrize("name", REJECTED)
def test_a_cell_that_cannot_be_kept_is_on_record_with_its_reason(loaded: Loaded, name: str) -> None:
    row, reason = list(REJECTED).index(name) + 100, REJECTED[name][1]
    found = loaded.rejects.filter(pl.col("text").str.starts_with(f"{row},"))
    assert found["reason"].to_list() == [reason]
    assert loaded.books.filter(pl.col("Id") == str(row)).height == 0


def test_no_row_is_lost_and_no_neighbour_harmed(loaded: Loaded) -> None:
    assert loaded.books.height + loaded.rejects.height == loaded.row_count
    good = loaded.books.filter(pl.col("Mood") == "good")
    assert good["Name"].to_list() == ["Emma"] * (len(KEPT) + len(REJECTED))
    places = [*loaded.books["_source_line"], *loaded.rejects["_source_line"]]
    assert len(set(places)) == loaded.row_count
