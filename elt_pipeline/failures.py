"""Why a run failed, as sentences for people, from its events. Sending or printing them does not belong here."""

import re
from collections.abc import Iterator, Sequence

import dagster as dg
from dagster_shared.error import SerializableErrorInfo

from elt_pipeline.advice import with_advice

INTERRUPTED = "DagsterExecutionInterruptedError"
CHECKS_FAILED = "DagsterAssetCheckFailedError"


def failures(events: Sequence[dg.DagsterEvent]) -> Iterator[str]:
    """Yield a sentence for each failed check and each failed step; what only repeats another is left out."""
    yield from failed_checks(events, dg.AssetCheckSeverity.ERROR)
    told: set[str] = set()
    for event in events:
        error = error_of(event)
        # That blocking checks failed is what Dagster makes of the checks above.
        sentence = sentence_of(error) if error and error.cls_name != CHECKS_FAILED else None
        if sentence and sentence not in told:
            told.add(sentence)
            where = event.step_key.replace("__", ".") if event.step_key else event.job_name
            yield f"{where}: {sentence}"


def warnings(events: Sequence[dg.DagsterEvent]) -> Iterator[str]:
    """Yield a sentence for each check that found something and stops nothing."""
    return failed_checks(events, dg.AssetCheckSeverity.WARN)


def failed_checks(events: Sequence[dg.DagsterEvent], severity: dg.AssetCheckSeverity) -> Iterator[str]:
    """Yield a sentence for each check of the severity that did not pass."""
    for event in events:
        if event.event_type is not dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            continue
        check = event.asset_check_evaluation_data
        if not check.passed and check.severity is severity:
            yield f"{'.'.join(check.asset_key.path)}, check {check.check_name}: {check.description}"


def sentence_of(error: SerializableErrorInfo) -> str:
    """Return what the error says, without the types that Dagster puts before it, and with what to do about it."""
    deepest = error.cause or error
    if INTERRUPTED in (error.cls_name, deepest.cls_name):
        return "interrupted. Run it again: it goes on from where it was."
    return with_advice(re.sub(rf"^[\w.]*{deepest.cls_name}: ", "", deepest.message.strip()))


def error_of(event: dg.DagsterEvent) -> SerializableErrorInfo | None:
    """Return the error of a failed step, or of a run that could not begin; None for every other event."""
    if event.is_step_failure:
        return event.step_failure_data.error
    # The warehouse or the lake's lock could not be had, or what happened could not be recorded at the end.
    if event.event_type is dg.DagsterEventType.RUN_FAILURE:
        return event.job_failure_data.error
    return event.engine_event_data.error if event.is_engine_event else None
