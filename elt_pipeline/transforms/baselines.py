"""How far a table may move from its baseline until people are told, and until it is held back. Pure: numbers in, findings out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

ROW_COUNT, NULL_SHARE = "row_count", "null_share"

# Shares of the baseline's rows that are gone, and points by which a column's share of nulls has grown.
HELD_BACK_DROP, TOLD_DROP = 0.20, 0.05
HELD_BACK_JUMP, TOLD_JUMP = 0.10, 0.05
# In a table with fewer rows a few of them make such a share: that is told, but only an emptied one is held back.
FEW_ROWS = 100
# Shares are compared to so many digits, so that a third and a third are no jump.
DIGITS = 9


@dataclass(frozen=True)
class Change:
    """A measure, `gold.works.row_count` say, that moved for the worse, and whether that holds publication back."""

    measure: str
    before: float
    now: float
    holds_back: bool

    @property
    def sentence(self) -> str:
        """What happened, as a person reads it."""
        if self.measure.endswith(ROW_COUNT):
            lost = (self.before - self.now) / self.before
            return f"{self.measure} fell from {self.before:,.0f} to {self.now:,.0f}, by {lost:.1%}"
        return f"{self.measure} grew from {self.before:.1%} to {self.now:.1%}"


def measure_name(table: str, what: str, column: str | None = None) -> str:
    """The name of a measure: `gold.works.row_count`, `gold.works.isbn13.null_share`."""
    return ".".join([table, *([column] if column else []), what])


def changes(before: Mapping[str, float], now: Mapping[str, float], table: str) -> list[Change]:
    """Return what moved for the worse in the table, in order of the names; empty where no baseline is known of it.

    Both hold measures by their names. More rows and fewer nulls are no fault. Shares of nulls are compared where both sides have
    rows and know the column.
    """
    rows_before, rows_now = (found.get(measure_name(table, ROW_COUNT), 0.0) for found in (before, now))
    if not rows_before:
        return []
    is_small = rows_before < FEW_ROWS
    found = list(_drops(measure_name(table, ROW_COUNT), rows_before, rows_now, is_small=is_small))
    if rows_now:
        for measure in sorted(before.keys() & now.keys()):
            if measure.startswith(f"{table}.") and measure.endswith(NULL_SHARE):
                found += _jumps(measure, before[measure], now[measure], is_small=is_small)
    return found


def is_accepted(measure: str, accepted: Iterable[str]) -> bool:
    """Whether one of the names is the measure's own, its column's or its table's: `gold.works` accepts all that moved there."""
    return any(measure == name or measure.startswith(f"{name}.") for name in accepted)


def _drops(measure: str, before: float, now: float, *, is_small: bool) -> Iterator[Change]:
    lost = round((before - now) / before, DIGITS)
    if lost >= TOLD_DROP:
        yield Change(measure, before, now, holds_back=not now or (lost >= HELD_BACK_DROP and not is_small))


def _jumps(measure: str, before: float, now: float, *, is_small: bool) -> Iterator[Change]:
    jump = round(now - before, DIGITS)
    if jump >= TOLD_JUMP:
        yield Change(measure, before, now, holds_back=jump >= HELD_BACK_JUMP and not is_small)
