"""Answers as files that people open elsewhere. Which answers there are belongs to the modules that ask."""

import csv
import io
from collections.abc import Iterable, Sequence

# What makes a spreadsheet take a cell for a formula, and the line breaks that may stand before one (OWASP ASVS 1.2.10).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 -- wide ones count as well


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """Return a CSV file by RFC 4180, in UTF-8 with the mark by which spreadsheets know it; None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: str | int | None) -> str | int | None:
    """The value, with `'` before a text that would be taken for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
