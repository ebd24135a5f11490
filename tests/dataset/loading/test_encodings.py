"""How bytes become lines: encodings, line ends and what is no text; rows belong to test_csv_reader."""

import io
import tracemalloc
from pathlib import Path

import pytest

from dataset.loading.encodings import CELL_TOO_LARGE, CHUNK_BYTES, INVALID_ENCODING, NUL_BYTE, Line, detect_encoding, lines_of

TEXT = "Id,Name\n1,Brontë\n"


def read(content: bytes) -> tuple[str, list[Line]]:
    file = io.BytesIO(content)
    encoding = detect_encoding(file)
    return encoding, list(lines_of(file, encoding))


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        pytest.param("utf-8", TEXT.encode(), id="utf-8"),
        pytest.param("utf-8", TEXT.encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param("utf-16", TEXT.encode("utf-16"), id="utf-16 with mark"),
        pytest.param("utf-16", b"\xfe\xff" + TEXT.encode("utf-16-be"), id="utf-16 big-endian with mark"),
        pytest.param("utf-16-le", TEXT.encode("utf-16-le"), id="utf-16 little-endian without mark"),
        pytest.param("utf-16-be", TEXT.encode("utf-16-be"), id="utf-16 big-endian without mark"),
        pytest.param("utf-32", TEXT.encode("utf-32"), id="utf-32 with mark"),
        pytest.param("cp1252", TEXT.encode("latin-1"), id="latin-1"),
    ],
)
def test_the_same_text_is_read_from_every_encoding(encoding: str, content: bytes) -> None:
    assert read(content) == (encoding, [Line(1, "Id,Name\n", None), Line(2, "1,Brontë\n", None)])


def test_the_quotation_marks_of_windows_are_read() -> None:
    assert read("1,“Dune” … 5 €\n".encode("cp1252")) == ("cp1252", [Line(1, "1,“Dune” … 5 €\n", None)])


def test_in_a_utf8_file_only_the_lines_that_are_not_are_marked() -> None:
    content = "1,Brontë\n".encode() + b"2,Bront\xeb\n" + "3,Čapek\n".encode()
    assert read(content) == (
        "utf-8",
        [Line(1, "1,Brontë\n", None), Line(2, "2,Bront\\xeb\n", INVALID_ENCODING), Line(3, "3,Čapek\n", None)],
    )


def test_in_a_windows_file_a_line_that_reads_as_utf8_is_marked_and_not_garbled() -> None:
    content = b"1,Bront\xeb\n2,Caf\xe9\n" + "3,Čapek\n".encode()
    assert read(content)[1][2] == Line(3, "3,\\xc4\\x8capek\n", INVALID_ENCODING)


def test_a_byte_that_windows_does_not_know_is_marked() -> None:
    assert read(b"1,Bront\xeb\n2,Caf\xe9\n3,\x81\n")[1][2] == Line(3, "3,\\x81\n", INVALID_ENCODING)


def test_half_a_character_of_utf16_is_marked() -> None:
    content = "1,Dune\n2,Emma\n".encode("utf-16") + b"\x00\xd8" + "\n3,Kim".encode("utf-16-le") + b"\x00"
    problems = [line.problem for line in read(content)[1]]
    assert problems == [None, None, INVALID_ENCODING, INVALID_ENCODING]


def test_a_zero_byte_is_marked_and_written_out() -> None:
    assert read(b"1,Du\0ne\n2,Emma")[1] == [Line(1, "1,Du\\x00ne\n", NUL_BYTE), Line(2, "2,Emma", None)]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        pytest.param(b"a\nb\n", ["a\n", "b\n"], id="unix"),
        pytest.param(b"a\r\nb\r\n", ["a\r\n", "b\r\n"], id="windows"),
        pytest.param(b"a\rb\r", ["a\r", "b\r"], id="old mac"),
        pytest.param(b"a\r\nb\nc\rd", ["a\r\n", "b\n", "c\r", "d"], id="mixed, the last without"),
        pytest.param("a\u2028b\x0bc\x85d\n".encode(), ["a\u2028b\x0bc\x85d\n"], id="what only looks like a line end"),
        pytest.param(b"", [], id="nothing"),
    ],
)
def test_lines_end_as_files_end_them(content: bytes, lines: list[str]) -> None:
    assert [line.text for line in read(content)[1]] == lines


@pytest.mark.parametrize("before", range(CHUNK_BYTES - 3, CHUNK_BYTES + 2))
def test_a_line_end_across_two_chunks_is_one(before: int) -> None:
    assert [len(line.text) for line in read(b"x" * before + b"\r\nab\r\n")[1]] == [before + 2, 4]


def test_an_endless_line_is_cut_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    with path.open("wb") as file:
        file.write(b"1,")
        file.truncate(200 * 2**20)  # A sparse file: the rest are zeros that take no room on the disk.
        file.seek(0, 2)
        file.write(b"\r\n2,Emma\n")
    tracemalloc.start()
    with path.open("rb", buffering=0) as opened:
        lines = list(lines_of(opened, "utf-8"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(line.number, line.problem) for line in lines] == [(1, CELL_TOO_LARGE), (2, None)]
    assert lines[1].text == "2,Emma\n"
    assert peak < 100 * 2**20
