"""Lines that are no rows: each is made from a good row, with an id of its own, so nothing is missing once it is set aside."""

from collections.abc import Callable, Sequence

from dataset.generating.source_files import Planted, Record, csv_line

# The reason that a loader gives; an open quote shows itself in one of two ways, by what follows.
FIELD_COUNT, OPEN_QUOTE, NUL_BYTE, INVALID_ENCODING = "field_count", "open_quote", "nul_byte", "invalid_encoding"
HEADER_AGAIN = "header_again"


def _too_few_fields(cells: Sequence[str]) -> bytes:
    return csv_line(cells[: len(cells) - 1])


def _too_many_fields(cells: Sequence[str]) -> bytes:
    return csv_line([*cells, "one too many"])


def _open_quote(cells: Sequence[str]) -> bytes:
    # The ellipsis shows even the smallest file to be UTF-8, in which a line in Latin-1 is the odd one.
    return csv_line([cells[0]]) + ',"A Title Whose Quote Stays Open…'.encode() + b"," * (len(cells) - 2)


def _nul_byte(cells: Sequence[str]) -> bytes:
    return csv_line([cells[0], "A Title with a Zero\0Byte", *cells[2:]])


def _invalid_encoding(cells: Sequence[str]) -> bytes:
    return csv_line([cells[0], "Wuthering Heights by Bront{}", *cells[2:]]).replace(b"{}", b"\xeb")


BAD_LINES: dict[str, tuple[str, Callable[[Sequence[str]], bytes]]] = {
    "too_few_fields": (FIELD_COUNT, _too_few_fields),
    "too_many_fields": (FIELD_COUNT, _too_many_fields),
    "open_quote": (OPEN_QUOTE, _open_quote),
    "nul_byte": (NUL_BYTE, _nul_byte),
    "invalid_encoding": (INVALID_ENCODING, _invalid_encoding),
}


def bad_line(quirk: str, cells: Sequence[str]) -> Record:
    """A line that is no row, of the kind that ``BAD_LINES`` names, made from the cells of a good one."""
    reason, damaged = BAD_LINES[quirk]
    return Record(damaged(cells), cells[0], [Planted(quirk, "bad_line", "", reason)])


def header_again(columns: Sequence[str]) -> Record:
    """The header a second time, as it stands where files were joined."""
    return Record(csv_line(columns), columns[0], [Planted(HEADER_AGAIN, "bad_line", "", HEADER_AGAIN)])
