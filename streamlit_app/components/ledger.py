"""The row ledger as a table whose numbers lead to the rows behind them. The rows themselves are in source_rows.py."""

from collections.abc import Iterable

from catalogue.ledger import LedgerPart, TableBalance
from streamlit_app.components import ledger_words
from streamlit_app.components.links import TRUST, address, link
from streamlit_app.components.markup import Markup, draw, tag

HEADS = ("Of the source", "Read", "Kept", "Merged", "Not taken")


def draw_ledger(balances: Iterable[TableBalance]) -> None:
    """Draw a block of rows for each table of the source."""
    heads = tag("tr", *(tag("th", head, scope="col") for head in HEADS))
    draw(
        tag("h2", "What became of every row"),
        tag("table", tag("thead", heads), *(block(balance) for balance in balances), class_="rows ledger"),
    )


def block(balance: TableBalance) -> Markup:
    """Return a table's numbers, and a line for each reason why rows were merged or not taken."""
    verdict = "✓ balances" if balance.is_balanced else "✗ does not balance"
    class_ = "good" if balance.is_balanced else "bad"
    name = tag("th", ledger_words.table(balance.source_table), " ", tag("span", verdict, class_=class_), scope="row")
    counts = (balance.read_count, balance.kept_count, balance.merged_count, balance.rejected_count)
    total = tag("tr", name, *(number(f"{count:,}") for count in counts), class_="total")
    return tag("tbody", total, *(reason_line(balance.source_table, part) for part in balance.parts))


def reason_line(source_table: str, part: LedgerPart) -> Markup:
    """Return why rows were merged or not taken, and how many, which leads to the rows."""
    asked = {"table": source_table, "outcome": part.outcome, "reason": part.reason}
    why = tag("td", ledger_words.sentence(source_table, part.reason), " ", tag("code", part.reason), colspan="3")
    count = number(link(f"{part.row_count:,}", address(TRUST, asked), aria_label=f"Show {part.row_count:,} rows: {part.reason}"))
    is_merged = part.outcome == "merged"
    return tag("tr", why, count if is_merged else number(""), number("") if is_merged else count)


def number(text: str) -> Markup:
    """Return a cell with a number."""
    return tag("td", text, class_="number")
