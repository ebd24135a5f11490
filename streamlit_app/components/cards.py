"""A card: its heading, its drawing, its numbers as a table. Which cards there are belongs to the catalogue."""

from collections.abc import Sequence

from catalogue.cards import Card, Chart, Row
from streamlit_app.components.card_charts import draw_chart
from streamlit_app.components.card_values import name_cell, number_of, shown
from streamlit_app.components.markup import Markup, draw, joined, tag
from streamlit_app.components.tables import bar, folded, table

ROWS_AT_ONCE = 12
WITHIN_THE_NAME = ("work_id", "authors")  # They stand in the cell of the title.


def draw_card(card: Card, rows: Sequence[Row]) -> None:
    """Draw the rows as their card says, or say that there is none."""
    draw_heading(card)
    if not rows:
        draw(tag("p", card.empty, class_="nothing"))
    elif card.chart is Chart.BARS:
        draw(bars(card, rows))
    elif card.chart is Chart.TABLE:
        draw(plain_table(card, rows))
    else:
        draw_chart(card, rows)
        draw(folded("As a table", rows_table(card, rows)))


def draw_heading(card: Card) -> None:
    """Draw what the card is about."""
    draw(tag("h3", card.title, class_="card-title"), tag("p", card.description, class_="quiet"))


def bars(card: Card, rows: Sequence[Row]) -> Markup:
    """Return a table with a bar before each number of the drawn column; the longest is the largest value."""
    columns = shown_columns(card)
    numbers = [number_of(row[str(card.values)]) for row in rows]
    largest = max(numbers)
    lines = (
        [bars_cell(card, column, row, number / (largest or 1)) for column in columns]
        for row, number in zip(rows, numbers, strict=True)
    )
    return table([card.labels[column] for column in columns], lines, class_="bars")


def bars_cell(card: Card, column: str, row: Row, share: float) -> str:
    """Return a cell: what the row is about, the drawn number behind its bar, or another value."""
    if column == card.across:
        return name_cell(column, row)
    told = shown(column, row[column])
    return tag("span", bar(share), tag("span", told, class_="number"), class_="measure") if column == card.values else told


def plain_table(card: Card, rows: Sequence[Row]) -> Markup:
    """Return the rows as a table, those after the first ``ROWS_AT_ONCE`` folded away."""
    more = rows[ROWS_AT_ONCE:]
    first = rows_table(card, rows[:ROWS_AT_ONCE])
    return joined(first, folded(f"{len(more):,} more", rows_table(card, more))) if more else first


def rows_table(card: Card, rows: Sequence[Row]) -> Markup:
    """Return all the rows with all that is shown of them."""
    columns = shown_columns(card)
    lines = ([shown(column, row[column]) for column in columns] for row in rows)
    return table([card.labels[column] for column in columns], lines, class_="figures")


def shown_columns(card: Card) -> list[str]:
    """The columns that have a place of their own, what the rows are about first."""
    kept = [column for column in card.labels if column not in WITHIN_THE_NAME]
    return sorted(kept, key=lambda column: (column != card.across, column != card.values and card.chart is Chart.BARS))
