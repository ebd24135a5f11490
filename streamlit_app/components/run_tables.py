"""What the runs of the pipeline did, as tables: checks, times taken, and the runs themselves."""

from collections.abc import Sequence

from catalogue.trust import CheckResult, Run, Timing
from streamlit_app.components import measures, words
from streamlit_app.components.markup import Markup, draw, joined, tag
from streamlit_app.components.tables import bar, folded, table

SHOWN_AT_ONCE = 8
OUTCOMES = {"succeeded": "✓ succeeded", "failed": "✗ failed", "killed": "✗ was ended from outside", None: "still runs"}


def draw_checks(checks: Sequence[CheckResult]) -> None:
    """Draw the checks of the last run: those that failed in full, the others behind a line."""
    failed = [check for check in checks if not check.is_passed]
    passed = [check for check in checks if check.is_passed]
    draw(
        tag("h2", "Checks of the last run"),
        check_table(failed) if failed else tag("p", "All were passed." if passed else "None has been made yet."),
        folded(f"{words.counted(len(passed), 'check')} passed", check_table(passed)) if passed else Markup(),
    )


def check_table(checks: Sequence[CheckResult]) -> Markup:
    """Return a row for each check: what was checked, which check, and what it found."""
    heads = ("Table", "Check", "Verdict", "What was found")
    return table(
        heads, ((each.asset, each.check_name.replace("_", " "), verdict(each), each.description or "") for each in checks)
    )


def verdict(check: CheckResult) -> Markup:
    """Return whether the check was passed, and whether that held the publication back."""
    if check.is_passed:
        return tag("span", "✓ passed", class_="good")
    return tag("span", "✗ failed" if check.severity == "ERROR" else "! warned", class_="bad")


def draw_timings(timings: Sequence[Timing]) -> None:
    """Draw what took how long in the last run, the longest first."""
    if not timings:
        return
    longest = max(timing.seconds for timing in timings)
    first, others = timings[:SHOWN_AT_ONCE], timings[SHOWN_AT_ONCE:]
    draw(
        tag("h2", "Time taken by the last run"),
        timing_table(first, longest),
        folded(words.counted(len(others), "more table"), timing_table(others, longest)) if others else Markup(),
    )


def timing_table(timings: Sequence[Timing], longest: float) -> Markup:
    """Return a row for each table that was made."""
    rows = (
        (
            timing.asset,
            joined(bar(timing.seconds / longest if longest else 0), tag("span", measures.duration(timing.seconds))),
            f"{timing.row_count:,}" if timing.row_count is not None else "",
            measures.size(timing.byte_count),
            timing.outcome,
        )
        for timing in timings
    )
    return table(("Table", "Time", "Rows", "Size", "Outcome"), rows, class_="timings")


def draw_runs(runs: Sequence[Run]) -> None:
    """Draw the runs, the latest first."""
    rows = (
        (
            measures.moment(run.started_at),
            run.command,
            measures.duration(run.seconds),
            tag("span", OUTCOMES.get(run.outcome, run.outcome or ""), class_="good" if run.outcome == "succeeded" else "bad"),
            run.run_id[:8],
        )
        for run in runs
    )
    shown = table(("Begun", "What", "Took", "Outcome", "Run"), rows) if runs else tag("p", "There has been none yet.")
    draw(tag("h2", "Runs"), shown)
