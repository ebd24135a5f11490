"""How a header is held to its table: order, case, delimiter and what is missing."""

from pathlib import Path

import pytest

from dataset.loading.headers import read_header
from dataset.loading.load_errors import NotInTheFormat
from elt_pipeline.contracts.source import BOOK, GENRE, RATING


def header_file(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "some.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        pytest.param("Id,Name,PagesNumber\n", ",", id="comma"),
        pytest.param("Id;Name;pagesNumber\r\n", ";", id="semicolon"),
        pytest.param("\ufeff ID \tNAME\tPAGESNUMBER\r", "\t", id="tab, mark, spaces, capitals"),
        pytest.param('"id","name","pagesnumber"', ",", id="quoted, no line end"),
        pytest.param('Id;"Name";pagesNumber\n', ";", id="one quoted"),
    ],
)
def test_columns_are_found_by_name_whatever_their_dress(tmp_path: Path, content: str, delimiter: str) -> None:
    header = read_header(header_file(tmp_path, content), BOOK)
    assert (header.delimiter, header.line, header.columns) == (delimiter, 1, ("Id", "Name", "pagesNumber"))
    assert header.unknown_columns == ()


def test_blank_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    assert read_header(header_file(tmp_path, "\n  \nId,Name\n1,Dune\n"), GENRE).line == 3


def test_the_line_that_tells_a_spreadsheet_the_delimiter_is_no_header(tmp_path: Path) -> None:
    header = read_header(header_file(tmp_path, "\ufeffsep=;\r\nId;Name\r\n1;Dune\r\n"), GENRE)
    assert (header.line, header.delimiter, header.columns) == (2, ";", ("Id", "Name"))


def test_unknown_columns_keep_their_name_or_get_one(tmp_path: Path) -> None:
    header = read_header(header_file(tmp_path, ",Id,Name,Mood,sourceFILE\n"), BOOK)
    assert header.columns == ("unnamed_1", "Id", "Name", "Mood", "sourceFILE")
    assert header.unknown_columns == ("unnamed_1", "Mood")
    assert header.hidden_columns == ("sourceFILE",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("UserId,BookId\n", ["some.csv, line 1", "no column `Rating`", "Found: `UserId`, `BookId`"], id="missing"),
        pytest.param("2,231,4\n", ["no column `UserId`, `BookId`, `Rating`", "Found: `2`, `231`, `4`"], id="no header at all"),
        pytest.param("UserId,BookId,Rating,rating\n", ["more than one column `Rating`"], id="doubled"),
        pytest.param("", ["some.csv is empty", "must name `UserId`, `BookId`, `Rating`"], id="empty"),
        pytest.param("\n\n", ["some.csv is empty"], id="blank"),
        pytest.param("UserId|BookId|Rating\n", ["no column", "Found: `UserId|BookId|Rating`"], id="unknown delimiter"),
        pytest.param('"UserId,BookId,Rating\n', ["no columns at all"], id="open quote"),
        pytest.param("UserId,BookId,Rating," + "x" * 65, ["a column name of more than 64 characters"], id="long name"),
        pytest.param("UserId,BookId,Rat\0ing\n", ["line 1", "nul_byte", "UTF-8"], id="zero byte"),
        pytest.param("UserId,BookId,Rating," + ",".join(map(str, range(1_000_000))), ["more than 1,000 columns"], id="a million"),
    ],
)
def test_a_header_that_does_not_fit_is_told_with_what_to_do(tmp_path: Path, content: str, words: list[str]) -> None:
    with pytest.raises(NotInTheFormat) as told:
        read_header(header_file(tmp_path, content), RATING)
    assert [word for word in words if word not in str(told.value)] == []
    assert len(str(told.value)) < 2_000


def test_a_book_file_needs_only_id_and_name(tmp_path: Path) -> None:
    assert read_header(header_file(tmp_path, "Name,Id\n"), BOOK).columns == ("Name", "Id")
