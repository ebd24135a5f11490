"""The Trust page: what became of every row, how fresh the data is, what was checked. The counting belongs to the pipeline."""

from datetime import UTC, datetime

import streamlit as st

from catalogue.asking import CatalogueUnavailable
from streamlit_app.asked import Evidence, evidence
from streamlit_app.components import measures, words
from streamlit_app.components.ledger import draw_ledger
from streamlit_app.components.markup import Markup, draw, tag
from streamlit_app.components.notices import draw_notice, draw_unavailable
from streamlit_app.components.run_tables import draw_checks, draw_runs, draw_timings
from streamlit_app.components.source_rows import draw_source_rows

LEAD = (
    "No row of the source disappears unseen: each is kept, merged into another or not taken, and each number below "
    "leads to the rows behind it."
)


def draw_page() -> None:
    """Draw the ledger and what else speaks for the data, or the rows behind the number that the address names."""
    st.set_page_config(page_title="Trust · Booklake")
    asked = st.query_params
    try:
        found = evidence()
        if "table" in asked:
            draw_source_rows(found.balances, asked["table"], asked.get("outcome", ""), asked.get("reason", ""))
        else:
            draw_evidence(found)
    except CatalogueUnavailable as error:
        draw(tag("h1", "Trust"))
        draw_unavailable(error)


def draw_evidence(found: Evidence) -> None:
    """Draw all there is, the most asked for first."""
    draw(tag("h1", "Trust"), tag("p", LEAD, class_="lead"))
    draw(tag("dl", freshness(found), checked(found), accounted(found), next_refresh(), class_="tiles"))
    if found.balances:
        draw_ledger(found.balances)
    else:
        draw_notice("The ledger is empty.", "Load books with `booklake load`, then run `booklake refresh`.")
    draw_checks(found.checks)
    draw_timings(found.timings)
    draw_runs(found.runs)
    draw_made_up(found)


def freshness(found: Evidence) -> Markup:
    """Return when the data was last brought up to date."""
    last = found.last_success
    if last is None or last.finished_at is None:
        return tile("Last refreshed", "never", "No refresh has succeeded yet.")
    return tile("Last refreshed", measures.age(last.finished_at, datetime.now(UTC)), measures.moment(last.finished_at))


def checked(found: Evidence) -> Markup:
    """Return how many checks of the last run were passed."""
    passed = sum(check.is_passed for check in found.checks)
    return tile("Checks passed", f"{passed:,} of {len(found.checks):,}", "in the last run")


def accounted(found: Evidence) -> Markup:
    """Return how many rows were read, and whether all are accounted for."""
    read = sum(balance.read_count for balance in found.balances)
    wrong = [balance for balance in found.balances if not balance.is_balanced]
    told = f"{words.counted(len(wrong), 'table')} out of balance" if wrong else "every one accounted for"
    return tile("Rows of the source", f"{read:,}", told)


def next_refresh() -> Markup:
    """Return that the app cannot tell when the next refresh is."""
    return tile("Next refresh", "not known here", "Schedules are set in Dagster.")


def tile(name: str, value: str, more: str) -> Markup:
    """Return a number to be seen from afar."""
    return tag("div", tag("dt", name), tag("dd", tag("strong", value), tag("span", more, class_="quiet")))


def draw_made_up(found: Evidence) -> None:
    """Say which part of the data was made by a generator."""
    editions, synthetic = found.made_up.edition_count, found.made_up.synthetic_count
    if synthetic:
        told = (
            f"{synthetic:,} of {editions:,} editions are made up, with their ISBNs, publishers, dates, ratings and links: their "
            "publishers' names end in “(synthetic)”. The works themselves, their authors and years are real."
        )
    else:
        told = f"None of the {editions:,} editions names a publisher of the demo's generator."
    draw(tag("h2", "What is made up"), tag("p", told, class_="lead"))
