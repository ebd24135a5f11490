"""How lines become rows and rejects, by RFC 4180 and with recovery; which table a row belongs to is the loader's."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from dataset.loading.encodings import CELL_TOO_LARGE, Line

# A row may span so many characters and lines; what is longer is taken for a quote that was never closed.
MAX_ROW_CHARACTERS = 16 * 2**20
MAX_ROW_LINES = 200_000
REJECT_TEXT_CHARACTERS = 10_000

TAB = "\t"

FIELD_COUNT = "field_count"
HEADER_AGAIN = "header_again"
QUOTE_NOT_CLOSED = "quote_not_closed"
TEXT_AFTER_QUOTE = "text_after_quote"

Cell = str | None


class Row(NamedTuple):
    """A row, the line on which it began, and how many lines and characters it takes; an empty cell without quotes is None."""

    line: int
    line_count: int
    size: int
    cells: list[Cell]


class Reject(NamedTuple):
    """Lines that are no row, from which line on, how many, why, and their text, cut after ``REJECT_TEXT_CHARACTERS``."""

    line: int
    line_count: int
    reason: str
    text: str


def read_cells(text: str, delimiter: str, width: int, more: Callable[[], str | None]) -> list[Cell] | str:
    """Return the cells of the row that begins with this line, or the reason why it is none.

    ``more`` gives the next line while a quote is open, None where the file or the room for a row ends. Backslashes are plain
    text, and so is a quote inside a cell that began without one. Of a row that is too wide, ``width`` + 1 cells are returned.
    """
    cells: list[Cell] = []
    position = 0
    while True:
        cell: Cell
        if text.startswith('"', position):
            quoted = _quoted_cell(text, position + 1, more)
            if quoted is None:
                return QUOTE_NOT_CLOSED
            cell, text, end = quoted
            if text[end : end + 1] not in ("", "\r", "\n", delimiter):
                return TEXT_AFTER_QUOTE
        else:
            end = text.find(delimiter, position)
            end = len(text.rstrip("\r\n")) if end < 0 else end
            cell = text[position:end] or None
        if len(cells) <= width:
            cells.append(cell)
        else:
            # Only a further cell in quotes can still take more lines.
            end = text.find(f'{delimiter}"', end)
        if end < 0 or text[end : end + 1] != delimiter:
            return cells
        position = end + 1


def _quoted_cell(text: str, start: int, more: Callable[[], str | None]) -> tuple[str, str, int] | None:
    """The cell that begins at ``start``, the line on which its quote closes, and the position behind that quote."""
    before: list[str] = []
    while (end := _closing_quote(text, start)) < 0:
        before.append(text[start:])
        following = more()
        if following is None:
            return None
        text, start = following, 0
    before.append(text[start:end])
    return "".join(before).replace('""', '"'), text, end + 1


def _closing_quote(text: str, start: int) -> int:
    end = text.find('"', start)
    while end >= 0 and text.startswith('"', end + 1):
        end = text.find('"', end + 2)
    return end


class RowReader:
    """Iterates over the rows and rejects of the lines that follow a header; also counts the blank lines, which are neither.

    Every line is blank or in exactly one row or reject. A defect takes only its own line with it: where a row of several lines
    has one and its further lines are rows of their own, or its quote is never closed, the first line alone is rejected.
    """

    def __init__(self, lines: Iterable[Line], delimiter: str, header: tuple[str, ...]) -> None:
        self.blank_lines = 0
        self._lines = iter(lines)
        self._ahead: deque[Line] = deque()
        self._delimiter = delimiter
        self._header = tuple(name.casefold() for name in header)

    def __iter__(self) -> Iterator[Row | Reject]:
        """Yield rows and rejects in the order of the file."""
        delimiter, width = self._delimiter, len(self._header)
        while (line := self._take()) is not None:
            if line.problem or '"' in line.text:
                yield self._read_carefully(line)
                continue
            text = line.text.rstrip("\r\n")
            if not text.strip(" "):
                self.blank_lines += 1
            elif text.count(delimiter) + 1 != width:
                yield _rejected([line], FIELD_COUNT)
            else:
                cells: list[Cell] = [cell or None for cell in text.split(delimiter)]
                yield _rejected([line], HEADER_AGAIN) if self._is_header(cells) else Row(line.number, 1, len(text), cells)

    def _take(self) -> Line | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def _is_header(self, cells: list[Cell]) -> bool:
        # The first cell alone decides for nearly every row.
        return as_name(cells[0]).casefold() == self._header[0] and tuple(as_name(c).casefold() for c in cells) == self._header

    def _read_carefully(self, first: Line) -> Row | Reject:
        if first.problem == CELL_TOO_LARGE:
            return _rejected([first], CELL_TOO_LARGE)
        taken = [first]
        cells = read_cells(first.text, self._delimiter, len(self._header), self._taking_into(taken))
        reason = cells if isinstance(cells, str) else self._fault(cells, taken)
        if reason is None:
            return Row(first.number, len(taken), sum(len(line.text) for line in taken), list(cells))
        if self._has_plain_quotes(first, reason):
            self._ahead.extendleft(reversed(taken[1:]))
            return Row(first.number, 1, len(first.text), [cell or None for cell in first.text.rstrip("\r\n").split(TAB)])
        if reason == QUOTE_NOT_CLOSED or self._had_swallowed(taken[1:], reason):
            self._ahead.extendleft(reversed(taken[1:]))
            del taken[1:]
        return _rejected(taken, reason)

    def _has_plain_quotes(self, line: Line, reason: str) -> bool:
        """Whether the line is a row of a tab-separated file whose writer uses no quotes: there they are part of the text."""
        is_misread = reason in (FIELD_COUNT, QUOTE_NOT_CLOSED, TEXT_AFTER_QUOTE)
        return is_misread and self._delimiter == TAB and not line.problem and line.text.count(TAB) + 1 == len(self._header)

    def _taking_into(self, taken: list[Line]) -> Callable[[], str | None]:
        """A function that moves the next line into ``taken`` and returns its text, None where there is none or no room."""
        size = len(taken[0].text)

        def more() -> str | None:
            nonlocal size
            line = self._take()
            if line is None:
                return None
            taken.append(line)
            size += len(line.text)
            has_room = size <= MAX_ROW_CHARACTERS and len(taken) <= MAX_ROW_LINES
            return line.text if has_room and line.problem != CELL_TOO_LARGE else None

        return more

    def _fault(self, cells: list[Cell], taken: list[Line]) -> str | None:
        if len(cells) != len(self._header):
            return FIELD_COUNT
        if self._is_header(cells):
            return HEADER_AGAIN
        return next((line.problem for line in taken if line.problem), None)

    def _had_swallowed(self, lines: list[Line], reason: str) -> bool:
        """Whether an open quote had swallowed these lines: at least half of them, and one, would be rows of their own."""
        if reason not in (FIELD_COUNT, TEXT_AFTER_QUOTE):
            return False
        texts = [line.text for line in lines if line.text.strip()]
        row_count = sum(self._begins_a_row(text, reason) for text in texts)
        return row_count > 0 and row_count * 2 >= len(texts)

    def _begins_a_row(self, text: str, reason: str) -> bool:
        cells = read_cells(text, self._delimiter, len(self._header), lambda: None)
        if isinstance(cells, str):
            # The text after the quote may be a quoted cell of a row that goes on below.
            return (reason, cells) == (TEXT_AFTER_QUOTE, QUOTE_NOT_CLOSED)
        # The last line of a cell over several lines has an odd number of quotes.
        return len(cells) == len(self._header) and text.count('"') % 2 == 0


def as_name(cell: Cell) -> str:
    """The cell as the name of a column: without byte-order mark and the spaces around it."""
    return (cell or "").strip("\ufeff \t\r\n")


def _rejected(lines: list[Line], reason: str) -> Reject:
    kept: list[str] = []
    room = REJECT_TEXT_CHARACTERS + 1
    for line in lines:
        kept.append(line.text[:room])
        room -= len(kept[-1])
    text = "".join(kept).rstrip("\r\n") if room else "".join(kept)
    if len(text) > REJECT_TEXT_CHARACTERS:
        text = f"{text[:REJECT_TEXT_CHARACTERS]}… (cut after {REJECT_TEXT_CHARACTERS} characters)"
    return Reject(lines[0].number, len(lines), reason, text)
