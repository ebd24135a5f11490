"""How lines become rows and rejects: nasty cells, defects that cost one line, and conservation."""

import csv
import io
import random
from typing import Any

import pytest

from dataset.loading import csv_reader
from dataset.loading.csv_reader import Reject, Row, RowReader
from dataset.loading.encodings import lines_of

HEADER = ("Id", "Name", "Rating")


def read(content: bytes, header: tuple[str, ...] = HEADER, delimiter: str = ",") -> list[tuple[Any, ...]]:
    """Rows as (line, lines, cells) and rejects as they are."""
    reader = RowReader(lines_of(io.BytesIO(content), "utf-8"), delimiter, header)
    return [(item.line, item.line_count, item.cells) if isinstance(item, Row) else tuple(item) for item in reader]


NASTY = [
    pytest.param("a\nb", id="newline"),
    pytest.param("a\r\nb", id="windows newline"),
    pytest.param("a\rb", id="carriage return"),
    pytest.param("\n\n", id="only newlines"),
    pytest.param('a "quoted" word', id="quotes"),
    pytest.param('"', id="one quote"),
    pytest.param('""', id="two quotes"),
    pytest.param('",', id="quote and comma"),
    pytest.param("a\\", id="backslash at the end"),
    pytest.param('\\"', id="backslash and quote"),
    pytest.param("\\N", id="the null of another format"),
    pytest.param("a\tb", id="tab"),
    pytest.param("  a  ", id="spaces around"),
    pytest.param("📚🏽\u200d🚀", id="emoji"),
    pytest.param("\u202egnp.exe", id="bidirectional override"),
    pytest.param("e\u0301\u0323", id="combining"),
    pytest.param("a,b;c|d", id="delimiters"),
    pytest.param("x" * 10 * 2**20, id="ten million bytes"),
    pytest.param("a\u2028b\x85c\x0bd", id="line ends of other worlds"),
    pytest.param('a "b"\n' * 100_000, id="a hundred thousand lines"),
]


@pytest.mark.parametrize("cell", NASTY)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_nasty_cell_is_kept_byte_by_byte_and_its_neighbours_stand(cell: str, end: str) -> None:
    quoted = cell.replace('"', '""')
    content = f'1,Dune,5{end}2,"{quoted}",4{end}3,Emma,3{end}'.encode()
    length = len(lines := [line.text for line in lines_of(io.BytesIO(f'"{quoted}"{end}'.encode()), "utf-8")])
    assert read(content) == [(1, 1, ["1", "Dune", "5"]), (2, length, ["2", cell, "4"]), (2 + length, 1, ["3", "Emma", "3"])]
    assert lines


def test_an_empty_cell_is_null_and_an_empty_cell_in_quotes_is_empty() -> None:
    assert read(b'1,,""\n,,\n"","",') == [(1, 1, ["1", None, ""]), (2, 1, [None, None, None]), (3, 1, ["", "", None])]


def test_a_quote_inside_a_cell_without_quotes_is_text() -> None:
    assert read(b'1,5\'10" tall,5\n2,a "b",4\n') == [(1, 1, ["1", "5'10\" tall", "5"]), (2, 1, ["2", 'a "b"', "4"])]


def test_blank_lines_are_counted_apart() -> None:
    reader = RowReader(lines_of(io.BytesIO(b"\n1,Dune,5\r\r\n   \n2,Emma,4\n\n"), "utf-8"), ",", HEADER)
    assert [item.line for item in reader] == [2, 5]
    assert reader.blank_lines == 4


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(b"2,Emma", "field_count", id="too few"),
        pytest.param(b"2,Emma,4,x", "field_count", id="too many"),
        pytest.param(b'2,"Emma"', "field_count", id="too few with quotes"),
        pytest.param(b'2,"Emma",4,x,y,z', "field_count", id="too many with quotes"),
        pytest.param(b'2,"Emma" x,4', "text_after_quote", id="text after a quote"),
        pytest.param(b'2,"Emma ""x"" "y,4', "text_after_quote", id="text after doubled quotes"),
        pytest.param(b"ID, name ,RATING", "header_again", id="the header again"),
        pytest.param(b'Id,"Name",Rating', "header_again", id="the header again, quoted"),
        pytest.param("\ufeffId,Name,Rating".encode(), "header_again", id="the header again, with a mark"),
        pytest.param(b"2,Em\0ma,4", "nul_byte", id="zero byte"),
        pytest.param(b"2,Emm\xe9,4", "invalid_encoding", id="no text"),
        pytest.param(b'2,"Emma,4', "quote_not_closed", id="open quote, nothing to close it"),
    ],
)
def test_a_bad_line_costs_itself_alone(bad: bytes, reason: str) -> None:
    items = read(b"1,Dune,5\n" + bad + b"\n3,Kim,3\n4,Ivanhoe,2\n")
    assert [items[0], *items[2:]] == [(1, 1, ["1", "Dune", "5"]), (3, 1, ["3", "Kim", "3"]), (4, 1, ["4", "Ivanhoe", "2"])]
    assert items[1] == (2, 1, reason, bad.decode(errors="backslashreplace").replace("\0", "\\x00"))


@pytest.mark.parametrize(
    "following",
    [
        pytest.param([b'3,"Kim",3', b"4,Ivanhoe,2"], id="a quoted cell"),
        pytest.param([b"3,Kim,3", b'4,"Ivanhoe, a Romance",2'], id="a quoted cell later"),
        pytest.param([b'3,"",3', b'4,"",2'], id="empty quoted cells"),
        pytest.param([b'3,",Kim",3', b"4,Ivanhoe,2"], id="a cell that seems to close the quote"),
        pytest.param([b'3,"""Kim""",3', b"4,Ivanhoe,2"], id="doubled quotes"),
        pytest.param([b'3,"Kim\nof the Rishti",3', b"4,Ivanhoe,2"], id="a row of two lines"),
    ],
)
def test_an_open_quote_cannot_swallow_the_lines_below(following: list[bytes]) -> None:
    good = read(b"1,Dune,5\n" + b"\n".join(following))
    items = read(b'1,Dune,5\n9,"Emma,4\n' + b"\n".join(following))
    rejects = [item for item in items if len(item) == 4]
    assert [item[2] for item in items if len(item) == 3] == [item[2] for item in good]
    assert [(reject[0], reject[1], reject[3]) for reject in rejects] == [(2, 1, '9,"Emma,4')]


def test_a_row_of_many_lines_with_a_defect_is_one_reject_and_its_lines_are_no_rows() -> None:
    text = b'2,"It begins,\nand goes on, and\n\non",4,one too many'
    assert read(text + b"\n3,Kim,3\n") == [(1, 4, "field_count", text.decode()), (5, 1, ["3", "Kim", "3"])]


def test_an_open_quote_reaches_no_further_than_a_row_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_reader, "MAX_ROW_CHARACTERS", 1_000)
    content = b'1,"Dune,5\n' + b"2,Emma,4\n" * 10_000 + b'3","",\n'
    items = read(content)
    assert items[0] == (1, 1, "quote_not_closed", '1,"Dune,5')
    assert len(items) == 10_002


@pytest.mark.parametrize(
    "title",
    [
        pytest.param('"A" Is for Apple', id="begins with a quoted word"),
        pytest.param('"Stop!', id="a quote that nothing closes"),
        pytest.param('""', id="two quotes"),
    ],
)
def test_in_a_tab_separated_file_without_quoting_quotes_are_text(title: str) -> None:
    items = read(f"1\tDune\t5\n2\t{title}\t4\n3\tKim\t3\n".encode(), delimiter="\t")
    kept = "" if title == '""' else title
    assert items == [(1, 1, ["1", "Dune", "5"]), (2, 1, ["2", kept, "4"]), (3, 1, ["3", "Kim", "3"])]


def test_every_defect_of_many_costs_one_line() -> None:
    content = b"".join(b'%d,"Dune,5\n%d,"Emma, a Novel",4\n' % (number, number) for number in range(2_000))
    items = read(content)
    assert [len(item) for item in items] == [4, 3] * 2_000


def test_the_text_of_a_reject_is_cut_and_says_so() -> None:
    items = read(b"1," + b"x" * 20_000 + b"\n2,Emma,4\n")
    assert items[0] == (1, 1, "field_count", "1," + "x" * 9_998 + "… (cut after 10000 characters)")


def test_a_line_beyond_the_limit_is_one_reject() -> None:
    items = read(b'1,"Dune",5\n2,"' + b"x" * (17 * 2**20) + b'",4\n3,Kim,3\n')
    assert [item[:3] if len(item) == 4 else item for item in items] == [
        (1, 1, ["1", "Dune", "5"]),
        (2, 1, "cell_too_large"),
        (3, 1, ["3", "Kim", "3"]),
    ]


PIECES = [",", '"', "\n", "\r\n", "\r", "a", "Id,Name,Rating", '""', " ", "\0", "1,Dune,5\n", '2,"Em\nma",4\n', "é", '",', ',"']


@pytest.mark.parametrize("seed", range(300))
def test_every_line_of_any_file_is_blank_or_in_one_row_or_reject(seed: int, rng: random.Random) -> None:
    rng.seed(seed)
    content = "".join(rng.choices(PIECES, k=rng.randrange(1, 120))).encode()
    line_count = len(list(lines_of(io.BytesIO(content), "utf-8")))
    reader = RowReader(lines_of(io.BytesIO(content), "utf-8"), ",", HEADER)
    items = list(reader)
    starts = [item.line for item in items]
    assert sum(item.line_count for item in items) + reader.blank_lines == line_count
    assert starts == sorted(set(starts))
    assert all(len(item.cells) == 3 for item in items if isinstance(item, Row))
    assert {item.reason for item in items if isinstance(item, Reject)} <= {
        "field_count",
        "text_after_quote",
        "quote_not_closed",
        "header_again",
        "nul_byte",
    }


@pytest.mark.parametrize("seed", range(50))
def test_what_the_standard_library_writes_is_read_back(seed: int, rng: random.Random) -> None:
    rng.seed(seed)
    cells = ["", "a", 'b "c"', "d,e", "f\ng", "h\r\ni", " j ", "\\", "\\N", '"', "é📚", "k\rl"]
    rows = [[str(number), *rng.choices(cells, k=2)] for number in range(40)]
    written = io.StringIO(newline="")
    csv.writer(written, quoting=rng.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), delimiter=";").writerows(rows)
    items = read(written.getvalue().encode(), delimiter=";")
    assert [[cell or "" for cell in item[2]] for item in items] == rows
