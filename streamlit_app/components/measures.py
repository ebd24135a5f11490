"""Times and sizes as words for people. Numbers of a book belong to words.py."""

from datetime import datetime

AGES = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def age(since: datetime, now: datetime) -> str:
    """How long ago it was, `3 minutes ago`, in the largest unit that is whole; `just now` within a minute."""
    seconds = (now - since).total_seconds()
    for unit, name in AGES:
        if seconds >= unit:
            number = int(seconds // unit)
            return f"{number:,} {name}{'' if number == 1 else 's'} ago"
    return "just now"


def moment(time: datetime) -> str:
    """A time as `21 Nov 2026, 03:39 UTC`; it is given in UTC."""
    return f"{time:%d %b %Y, %H:%M} UTC".lstrip("0")


def duration(seconds: float | None) -> str:
    """A duration, `0.27 s`, `14 s`, `2 min 5 s`; empty where it is not known."""
    if seconds is None:
        return ""
    if seconds < 10:  # noqa: PLR2004 -- below ten seconds the fraction says something
        return f"{seconds:.2f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,} min {rest} s" if minutes else f"{rest} s"


def size(byte_count: int | None) -> str:
    """A size, `880 kB`; empty where it is not known."""
    if byte_count is None:
        return ""
    for unit, name in SIZES:
        if byte_count >= unit:
            return f"{byte_count / unit:.3g} {name}"
    return f"{byte_count} B"
