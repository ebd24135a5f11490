"""The questions that are drawn as charts, each a file of SQL with a head for people. How a chart looks belongs to who draws it.

The same files are the cards of Metabase's dashboard (`python -m stack.metabase`) and of the app's Explore page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from itertools import dropwhile
from pathlib import Path
from typing import Self

from psycopg import Connection

from catalogue.asking import asking

CARDS_DIR = Path(__file__).resolve().parents[1] / "stack" / "metabase"

HEAD_LINE = re.compile(r"-- ([a-z]+): (.+)")
NEEDED = ("title", "description", "empty", "section", "place", "chart", "column")
KNOWN = (*NEEDED, "width", "across", "values", "series")
BESIDE_EACH_OTHER = 2

Value = str | int | float | Decimal | datetime | None
Row = Mapping[str, Value]


class Chart(Enum):
    """How a card is drawn."""

    COLUMNS = "columns"  # Upright, in the order of the rows.
    STACKED_COLUMNS = "stacked columns"  # One part for each value of the series.
    BARS = "bars"  # Lying, with room for names.
    LINES = "lines"  # One for each value of the series.
    TABLE = "table"


class CardUnreadable(Exception):
    """A card's file does not say what it has to; the message names the file, what is wrong and what to write."""


@dataclass(frozen=True)
class Card:
    """A question with what is drawn of its answer."""

    name: str  # Of its file, without the ending.
    title: str
    description: str
    empty: str  # What to say where it has no row.
    section: str  # Which cards it stands with.
    place: int  # Among all cards, from 1.
    is_wide: bool  # Whether it takes the place of two.
    chart: Chart
    across: str | None  # The column that stands along the axis; None for a table.
    values: str | None  # The column that is drawn; None for a table.
    series: str | None  # The column that tells parts or lines apart.
    labels: Mapping[str, str]  # What people read over each column, in the order of the columns.
    sql: str

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read a card from its file. Raises ``CardUnreadable``."""
        head, labels = _head(file)
        across, values, series = (head.get(part) for part in ("across", "values", "series"))
        for column in (across, values, series):
            if column is not None and column not in labels:
                raise _unreadable(file, f"`{column}` is drawn, but is none of its columns", f"`-- column: {column} = …`")
        chart = _chart(file, head)
        if (chart is Chart.TABLE) != (across is None or values is None):
            raise _unreadable(file, "a chart has an axis and values, a table neither", "`-- across: …` and `-- values: …`")
        return cls(
            name=file.stem,
            title=head["title"],
            description=head["description"],
            empty=head["empty"],
            section=head["section"],
            place=_place(file, head),
            is_wide=head.get("width") == "full",
            chart=chart,
            across=across,
            values=values,
            series=series,
            labels=labels,
            sql=_query(file),
        )


def read_cards(folder: Path = CARDS_DIR) -> list[Card]:
    """Return the folder's cards by their places. Raises ``CardUnreadable``, also where there is none at all."""
    cards = sorted((Card.read(file) for file in folder.glob("*.sql")), key=lambda card: (card.place, card.name))
    if not cards:
        raise CardUnreadable(f"{folder} holds no card: it has to hold the *.sql files that come with Booklake.")
    return cards


def side_by_side(cards: Iterable[Card]) -> Iterator[list[Card]]:
    """The cards in lines: two of one section stand beside each other, one that is wide stands alone."""
    line: list[Card] = []
    for card in cards:
        if line and (card.is_wide or line[0].is_wide or len(line) == BESIDE_EACH_OTHER or card.section != line[0].section):
            yield line
            line = []
        line.append(card)
    if line:
        yield line


def answer_card(connection: Connection, card: Card) -> list[Row]:
    """Return the card's rows in the order that they are drawn in, each value by its column. Raises ``CatalogueUnavailable``."""
    with asking(connection, _row) as question:
        return question.execute(card.sql.encode()).fetchall()


def _row(**columns: Value) -> Row:
    return columns


def _head(file: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The file's first lines as what they say, and its columns with their labels."""
    head: dict[str, str] = {}
    labels: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        found = HEAD_LINE.fullmatch(line)
        if not found:
            break
        name, said = found.groups()
        if name not in KNOWN or (name in head and name != "column"):
            raise _unreadable(file, f"`{line}` is unknown or stands there twice", f"one of {', '.join(KNOWN)}")
        head[name] = said
        if name == "column":
            column, _, label = said.partition(" = ")
            labels[column] = label or column
    missing = [name for name in NEEDED if name not in head]
    if missing:
        raise _unreadable(file, f"its head lacks {', '.join(missing)}", f"`-- {missing[0]}: …` before the query")
    return head, labels


def _query(file: Path) -> str:
    """The file without its head."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(dropwhile(lambda line: HEAD_LINE.fullmatch(line.rstrip("\n")), lines))


def _chart(file: Path, head: Mapping[str, str]) -> Chart:
    try:
        return Chart(head["chart"])
    except ValueError as error:
        kinds = ", ".join(chart.value for chart in Chart)
        raise _unreadable(file, f"`{head['chart']}` is no kind of chart", f"one of {kinds}") from error


def _place(file: Path, head: Mapping[str, str]) -> int:
    if not head["place"].isdecimal():
        raise _unreadable(file, f"`{head['place']}` is no place", "a number from 1")
    return int(head["place"])


def _unreadable(file: Path, what: str, write: str) -> CardUnreadable:
    return CardUnreadable(f"{file}: {what}. Write {write}.")
