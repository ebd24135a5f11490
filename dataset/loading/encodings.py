"""How the bytes of a file become numbered lines of text, in bounded memory; what a line means belongs to csv_reader."""

import codecs
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

CHUNK_BYTES = 2**20
# A line that is longer is cut and rejected, so that no file can fill the memory.
MAX_LINE_BYTES = 16 * 2**20
CUT_LINE_BYTES = 2**16

CELL_TOO_LARGE = "cell_too_large"
INVALID_ENCODING = "invalid_encoding"
NUL_BYTE = "nul_byte"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8"),
)
_BYTE_ORDER_MARK = "\ufeff"


class Line(NamedTuple):
    """A line with its line end (LF, CRLF or CR; none at the end of a file), numbered from 1.

    ``problem`` is one of the reasons above where the text is not what the file holds: bytes that are no text are written out.
    """

    number: int
    text: str
    problem: str | None


def _mark_as_invalid(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


codecs.register_error("mark_as_invalid", _mark_as_invalid)


def detect_encoding(file: BinaryIO) -> str:
    """Return the name of the file's encoding: by its mark, else UTF-8 or Windows-1252 by what most lines beyond ASCII are.

    Windows-1252 stands for Latin-1 too: they differ only in control codes that no text has. The file is left at its beginning.
    """
    start = file.read(4)
    file.seek(0)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    # The header is ASCII, so a zero in its first or second byte shows UTF-16 without a mark.
    zeros = [byte == 0 for byte in start[:2]]
    if zeros in ([True, False], [False, True]):
        return "utf-16-be" if zeros[0] else "utf-16-le"
    return _majority(file)


def _majority(file: BinaryIO) -> str:
    valid = invalid = 0
    for raw, is_cut in _raw_lines(_chunks(file, "utf-8")):
        if not is_cut and not raw.isascii():
            if _is_utf8(raw):
                valid += 1
            else:
                invalid += 1
    file.seek(0)
    return "utf-8" if valid >= invalid else "cp1252"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def lines_of(file: BinaryIO, encoding: str) -> Iterator[Line]:
    """Return the lines of a file that stands at its beginning; LF, CRLF and CR each end a line.

    A line that is not in the file's encoding, or in a Windows-1252 file reads as UTF-8 (one of two writers got it wrong), has
    ``invalid_encoding``; one with a zero byte ``nul_byte``; one over ``MAX_LINE_BYTES`` is cut and has ``cell_too_large``.
    """
    codec = "cp1252" if encoding == "cp1252" else "utf-8"
    for number, (raw, is_cut) in enumerate(_raw_lines(_chunks(file, encoding)), start=1):
        line = _decoded(number, raw, codec, is_cut=is_cut)
        yield line._replace(text=line.text.removeprefix(_BYTE_ORDER_MARK)) if number == 1 else line


def _decoded(number: int, raw: bytes, codec: str, *, is_cut: bool) -> Line:
    if is_cut:
        return Line(number, _legible(raw, codec), CELL_TOO_LARGE)
    if b"\0" in raw:
        return Line(number, _legible(raw, codec), NUL_BYTE)
    if codec == "cp1252" and not raw.isascii() and _is_utf8(raw):
        return Line(number, _legible(raw, "ascii"), INVALID_ENCODING)
    try:
        return Line(number, raw.decode(codec), None)
    except UnicodeDecodeError:
        return Line(number, _legible(raw, codec), INVALID_ENCODING)


def _legible(raw: bytes, codec: str) -> str:
    return raw.decode(codec, "backslashreplace").replace("\0", "\\x00")


def _chunks(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The file in pieces: wider encodings are turned into UTF-8, what is invalid in them into the byte 255."""
    pieces = iter(partial(file.read, CHUNK_BYTES), b"")
    if not encoding.startswith(("utf-16", "utf-32")):
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(encoding)("mark_as_invalid")
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8", "surrogateescape")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogateescape")


def _raw_lines(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each line with its line end, and whether it was cut."""
    pending = cut = b""
    for chunk in chunks:
        lines = (pending + chunk).splitlines(keepends=True)
        # A carriage return at the end of a chunk may be half of a line end.
        pending = b"" if not lines or lines[-1].endswith(b"\n") else lines.pop()
        for line in lines:
            yield (cut, True) if cut else (line, len(line) > MAX_LINE_BYTES)
            cut = b""
        if len(pending) > MAX_LINE_BYTES:
            cut = cut or pending[:CUT_LINE_BYTES]
        if cut:
            pending = pending[-1:]
    if cut or pending:
        yield (cut, True) if cut else (pending, False)
