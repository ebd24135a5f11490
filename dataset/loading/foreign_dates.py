"""How the dates of other programs' exports are taken apart; which column holds a date belongs to exports."""

import re

from dataset.loading.csv_reader import Cell
from dataset.loading.foreign_cells import unwrapped

_YEAR = re.compile(r"^-?[0-9]{1,4}$")
_YEAR_FIRST = re.compile(r"^([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2})(?:[T ].*)?)?$")
_YEAR_LAST = re.compile(r"^([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})$")
_MONTH_NAMED = re.compile(r"^(?:([0-9]{1,2})\.?\s+)?([a-z]{3,9})\.?\s*(?:([0-9]{1,2}),?\s+)?([0-9]{4})$", re.IGNORECASE)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# What Calibre writes where it knows no date.
_UNDEFINED_DATE = ("101", "1", "1")
_LAST_MONTH = 12

DateParts = tuple[Cell, Cell, Cell]
NO_DATE: DateParts = (None, None, None)


def date_parts(cell: Cell) -> DateParts | None:
    """The year, month and day of a date, each None where it is not said; all None for an empty cell, None for what is no date.

    Of ``3/4/2019`` nobody can say which is the month: only the year is taken. With dots, the day comes first.
    """
    text = unwrapped(cell)
    if text is None or _YEAR.match(text):
        return (text, None, None)
    if found := _YEAR_FIRST.match(text):
        parts = _numbers(*found.groups())
        return NO_DATE if parts == _UNDEFINED_DATE else parts
    if found := _YEAR_LAST.match(text):
        first, mark, second, year = found.groups()
        return _numbers(year, *_month_and_day(first, second, is_day_first=mark == "."))
    if found := _MONTH_NAMED.match(text):
        before, name, after, year = found.groups()
        months = [str(number) for number, month in enumerate(_MONTHS, 1) if month.startswith(name.casefold())]
        return _numbers(year, months[0], before or after) if len(months) == 1 else None
    return None


def _month_and_day(first: str, second: str, *, is_day_first: bool) -> tuple[Cell, Cell]:
    if is_day_first or int(first) > _LAST_MONTH:
        return second, first
    return (first, second) if int(second) > _LAST_MONTH or first == second else (None, None)


def _numbers(year: str, month: Cell, day: Cell) -> DateParts:
    return str(int(year)), month and str(int(month)), day and str(int(day))
