"""The source rows behind one number of the ledger, as a table and as a file. The ledger itself is in ledger.py."""

from collections.abc import Sequence

import streamlit as st

from catalogue.ledger import ROWS_BEHIND_A_NUMBER, SourceRow, TableBalance, rows_as_csv
from streamlit_app.asked import source_rows
from streamlit_app.components import ledger_words, words
from streamlit_app.components.links import TRUST, address, link
from streamlit_app.components.markup import Markup, draw, joined, tag, words_of_data
from streamlit_app.components.notices import draw_notice
from streamlit_app.components.tables import table

ROWS_OF_A_SHEET = 50
LONGEST_CELL = 300  # Characters of a cell that are shown; the file has them all.


def draw_source_rows(balances: Sequence[TableBalance], source_table: str, outcome: str, reason: str) -> None:
    """Draw the rows behind the number, or say that the ledger has no such number."""
    draw(tag("p", link("← The whole ledger", address(TRUST)), class_="back"))
    of_table = [part for balance in balances if balance.source_table == source_table for part in balance.parts]
    part = next((part for part in of_table if (part.outcome, part.reason) == (outcome, reason)), None)
    if part is None:
        draw_notice("The ledger has no such number.", "The data may have been refreshed since the link was made.")
        return
    rows = source_rows(source_table, outcome, reason)
    draw_head(source_table, outcome, reason, part.row_count, len(rows))
    st.download_button(
        "Download as CSV",
        lambda: rows_as_csv(source_table, outcome, reason, rows),
        file_name=f"{source_table}-{outcome}-{reason}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    draw_sheet(rows, {"table": source_table, "outcome": outcome, "reason": reason})


def draw_head(source_table: str, outcome: str, reason: str, row_count: int, found_count: int) -> None:
    """Draw what the rows have in common, and how many of them are here."""
    what = f"{ledger_words.table(source_table)}: {words.counted(row_count, 'row')} {ledger_words.OUTCOMES.get(outcome, outcome)}"
    most = f"At most {ROWS_BEHIND_A_NUMBER:,} rows are kept behind each number"
    here = (
        f"{most}: {found_count:,} of these {row_count:,} are here."
        if found_count < row_count
        else f"{most}: all of these are here."
    )
    why = tag("p", ledger_words.sentence(source_table, reason), " ", tag("code", reason))
    draw(tag("h1", what), why, tag("p", here, class_="quiet"))


def draw_sheet(rows: Sequence[SourceRow], asked: dict[str, str]) -> None:
    """Draw a sheet of the rows, and the ways to the sheets before and after it."""
    start = first_of_sheet(st.query_params.get("from", ""), len(rows))
    sheet = rows[start : start + ROWS_OF_A_SHEET]
    has_into = any(row.into_key for row in rows)
    heads = ("Where it stood", "Key", *(("Merged into",) if has_into else ()), "The row")
    draw(table(heads, (cells(row, has_into=has_into) for row in sheet), class_="source-rows"))
    ways = []
    if start > 0:
        ways.append(link("← Earlier rows", address(TRUST, asked | {"from": str(start - ROWS_OF_A_SHEET + 1)})))
    if start + ROWS_OF_A_SHEET < len(rows):
        ways.append(link("Further rows →", address(TRUST, asked | {"from": str(start + ROWS_OF_A_SHEET + 1)})))
    if ways:
        draw(tag("p", f"Rows {start + 1:,} to {start + len(sheet):,} of {len(rows):,}", *ways, class_="examples"))


def first_of_sheet(named: str, row_count: int) -> int:
    """The place, from 0, of the first row of the sheet that holds the row named, which counts from 1; 0 where it names none."""
    place = int(named) - 1 if named.isascii() and named.isdigit() and len(named) < 6 else 0  # noqa: PLR2004 -- far above the most
    return max(0, min(place, row_count - 1)) // ROWS_OF_A_SHEET * ROWS_OF_A_SHEET


def cells(row: SourceRow, *, has_into: bool) -> tuple[str, ...]:
    """Return the cells of one row: its place, its key, what it was merged into, and itself."""
    place = f"{row.source_file or 'the table'}{f', line {row.source_line:,}' if row.source_line is not None else ''}"
    named = (tag("span", tag("b", name), " " if name else "", shown(value)) for name, value in row.cells)
    itself = tag("span", joined(*named, by=" "), class_="cells")
    return (place, row.source_key or "", *((row.into_key or "",) if has_into else ()), itself)


def shown(value: str) -> Markup:
    """Return a value of the source, cut where it is very long."""
    return words_of_data("span", value if len(value) <= LONGEST_CELL else f"{value[:LONGEST_CELL]}…")
