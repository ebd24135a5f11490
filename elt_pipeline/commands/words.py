"""Answers as a person reads them at a terminal, and as JSON. Where they come from does not belong here."""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from catalogue.for_you import Recommendation
    from catalogue.ledger import LedgerRow
    from catalogue.search import FoundBook
    from dataset.generating.dataset_writer import Progress
    from dataset.loading.summaries import LoadProgress, LoadSummary
    from elt_pipeline.commands.lake_questions import RecordedRow, TableState
    from elt_pipeline.commands.questions import Examples
    from elt_pipeline.doctor import Finding
    from elt_pipeline.stopping import Stopped
    from elt_pipeline.storage.delta.maintenance import Maintained
    from elt_pipeline.storage.delta.versions import Version

OUTCOMES = ("read", "kept", "merged", "rejected")
SECONDS_BETWEEN_LINES = 5
# How a check says what accepts what it holds back.
ACCEPTING = "booklake refresh --accept"
# The commands that change what people read.
CHANGING = ("demo", "load", "maintain", "refresh")


@contextmanager
def progress_bar() -> "Iterator[Callable[[LoadProgress], None]]":
    """Give a function that shows how far a load is: a moving line at a terminal, nothing elsewhere."""

    def report(progress: "LoadProgress") -> None:
        if sys.stderr.isatty():
            share = progress.bytes_done / max(progress.bytes_total, 1)
            click.echo(f"\r\033[K  {progress.file}  {share:4.0%}  {progress.rows:,} rows", err=True, nl=False)

    yield report
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)


@contextmanager
def generating_bar() -> "Iterator[Callable[[Progress], None]]":
    """Give a function that shows how far a dataset is: a moving line at a terminal, elsewhere a line every few seconds."""
    told = time.monotonic()

    def report(progress: "Progress") -> None:
        nonlocal told
        line = f"  {progress.things}  {progress.done:,} of {progress.total:,}"
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{line}", err=True, nl=False)
        elif time.monotonic() - told > SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            click.echo(line, err=True)

    yield report
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)


def of_load(place: Path, summary: "LoadSummary") -> str:
    """Return what a load did, a line for each table."""
    lines = [f"Loaded {place}:"]
    for table in summary.tables:
        aside = sum(table.rejects.values())
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(table.rejects.items()))
        lines.append(
            f"  {table.table:<24} {table.rows:>11,} rows" + (f", {aside:,} lines set aside ({reasons})" if aside else "")
        )
    return "\n".join([*lines, *(f"  Note: {warning}" for warning in summary.warnings)])


def of_failures(run_id: str, failures: Iterable[str], what: str = "refresh") -> str:
    """Return why a refresh or a maintenance failed; people go on seeing what was published before."""
    told = [f"  {failure}" for failure in failures]
    if sum(ACCEPTING in failure for failure in told) > 1:
        told.append(f"  To accept every change of gold at once: `{ACCEPTING} gold`.")
    return "\n".join([f"The {what} {run_id[:8]} failed; what was published before stays as it is:", *told])


def of_maintenance(tables: "Sequence[Maintained]", seconds: float) -> str:
    """Return what a maintenance did in all."""
    if not tables:
        return "The lake is empty: run `booklake refresh`."
    files = [sum(counts) for counts in zip(*((table.files_before, table.files_after) for table in tables), strict=True)]
    sizes = [sum(counts) for counts in zip(*((table.bytes_before, table.bytes_after) for table in tables), strict=True)]
    return (
        f"{len(tables)} tables: {files[0]:,} → {files[1]:,} files, {sizes[0]:,} → {sizes[1]:,} bytes after {seconds:.1f} s, "
        "logs and kept versions included."
    )


def of_history(table: str, found: "Sequence[Version]") -> str:
    """Return the versions of a table, the newest first, a line each."""
    if not found:
        return f"{table} is not there yet: run `booklake refresh`."
    return "\n".join(
        f"  {version.version:>5}  {version.committed_at}  {version.operation:<13} {version.row_count:>11,} rows "
        f"{version.byte_count:>13,} bytes  {version.run_id[:8]:<8}{'' if version.can_be_read else '  removed'}".rstrip()
        for version in found
    )


def of_stopped(stopped: "Stopped", command: str | None) -> str:
    """Return what a signal ended, and what that means for what people read."""
    if command not in CHANGING:
        return str(stopped)
    return f"{stopped} Nothing half-written is published: run it again, it goes on from where it was."


def of_ledger(rows: "Sequence[LedgerRow]") -> str:
    """Return the ledger: for each source table what came in and what became of it."""
    if not rows:
        return "There is no ledger yet: run `booklake refresh`."
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(OUTCOMES, 0))
    for row in rows:
        counts[row.source_table][row.outcome] += row.row_count
    lines = ["What became of every row:", f"  {'source table':<20}" + "".join(f"{name:>12}" for name in OUTCOMES)]
    for table, by_outcome in counts.items():
        balance = by_outcome["read"] - sum(by_outcome[name] for name in OUTCOMES[1:])
        verdict = "balances" if balance == 0 else f"{balance:+,} rows unaccounted for"
        lines.append(f"  {table:<20}" + "".join(f"{by_outcome[name]:>12,}" for name in OUTCOMES) + f"  {verdict}")
    reasons = [f"  {row.source_table}: {row.row_count:,} {row.outcome}, {row.reason}" for row in rows if row.reason]
    return "\n".join([*lines, *reasons])


def of_search(query: str, found: "Sequence[FoundBook]") -> str:
    """Return the books found, best first, and what was searched instead of a misspelt query."""
    if not query.strip():
        return "Say what to look for: a title, an author, a series or an ISBN."
    if not found:
        tried = "its words as they are, misspelt, in titles, series and authors, and as an ISBN"
        return f'Nothing is found for "{query}": tried {tried}.'
    corrected = found[0].corrected_query
    lines = [f'Search for "{query}"' + (f', read as "{corrected}":' if corrected else ":")]
    for rank, book in enumerate(found, 1):
        year = f", {book.first_publish_year}" if book.first_publish_year is not None else ""
        lines.append(f"  {rank:>2}. {titled(book.title, book.authors)}{year}  [{book.match_reason}, work {book.work_id}]")
    return "\n".join(lines)


def of_recommendations(
    liked: Mapping[int, str], found: "Sequence[Recommendation]", disliked: Mapping[int, str] | None = None
) -> str:
    """Return the recommended books, best first, each with its reasons."""
    likes = " and ".join(liked.values()) + (f", but not of {' or '.join(disliked.values())}" if disliked else "")
    if not found:
        return f"Nothing can be recommended to a reader of {likes}: neither readers nor what it is speak for another book."
    lines = [f"For a reader of {likes}:"]
    for rank, book in enumerate(found, 1):
        lines += [
            f"  {rank:>2}. {titled(book.title, book.authors)}  [work {book.work_id}]",
            *(f"      {reason.in_words}" for reason in book.reasons),
        ]
    return "\n".join(lines)


def of_examples(shown: "Examples") -> str:
    """Return what the demo shows."""
    parts = [of_ledger(shown.ledger), of_search(shown.query, shown.found)]
    return "\n\n".join(["", *parts, of_recommendations(shown.liked, shown.recommended)])


def of_recorded_rows(rows: "Sequence[RecordedRow]", outcome: str) -> str:
    """Return rejected or merged rows with where they stood."""
    if not rows:
        return f"No row was {outcome}."
    shown = "\n".join(
        f"{row.source_table}, {row.reason}: {row.file or 'no file'} line {row.line or '?'}  {row.row}"
        + (f"  → {row.into_key}" if row.into_key else "")
        for row in rows
    )
    return f"{shown}\nSo many of each reason at most: --max-rows shows more; `booklake ledger` counts them all."


def of_tables(states: "Sequence[TableState]") -> str:
    """Return the lake's tables, a line each."""
    if not states:
        return "The lake is empty: run `booklake refresh`."
    return "\n".join(
        f"  {state.table:<24} {state.row_count:>11,} rows {state.byte_count:>13,} bytes  "
        f"version {state.version:<4} {state.content_hash}".rstrip()
        for state in states
    )


def of_findings(findings: "Sequence[Finding]") -> str:
    """Return what the doctor found; each cross with what mends it."""
    return "\n".join(
        f"  {'✓' if finding.works else '✗'} {finding.what}: {finding.found}"
        + ("" if finding.works else f"\n      {finding.mend}")
        for finding in findings
    )


def of_exports(places: Mapping[str, str]) -> str:
    """Return the places as lines that a shell can evaluate."""
    quoted = {name: value.replace("'", "'\\''") for name, value in places.items()}
    lines = [f"export {name}='{value}'" for name, value in quoted.items()]
    return "\n".join([*lines, "# A private Postgres answers while `make serve`, or another command that needs it, runs."])


def of_json(answer: object) -> str:
    """Return dataclasses, lists and mappings of them as JSON; dates and decimals as text."""
    return json.dumps(answer, default=_plain, ensure_ascii=False, indent=1)


def titled(title: str, authors: str | None) -> str:
    """Return a book as people name it."""
    return f"{title} by {authors}" if authors else title


def _plain(value: object) -> object:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
