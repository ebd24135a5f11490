"""One message to ALERT_URL for each run that fails, launched from a terminal or from Dagit. Why it failed belongs to failures."""

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import dagster as dg
import requests
from pydantic import SecretStr
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from elt_pipeline.advice import with_advice
from elt_pipeline.failures import failures

log = logging.getLogger("booklake")
# Its warnings quote the address, which may hold a token.
logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)

CONNECT_SECONDS, ANSWER_SECONDS = 3, 5
TAKEN = range(200, 300)
# However the receiver behaves, a run waits no longer for it.
DEADLINE_SECONDS = 15
RETRY = Retry(
    total=2,
    # A receiver that does not answer may have taken the message already.
    read=0,
    backoff_factor=0.5,
    status_forcelist=(408, 429, 500, 502, 503, 504),
    allowed_methods=["POST"],
    # A receiver may ask for an hour's patience; the run has none.
    respect_retry_after_header=False,
    raise_on_status=False,
)


@contextmanager
def alerting(url: SecretStr | None, instance: dg.DagsterInstance, run_id: str, job: str) -> Iterator[None]:
    """Send one message where the block raises, or where the run's events tell of a failure when it ends.

    The run's own failure goes on as it is, whatever becomes of the message. A process that is killed sends none.
    """
    told: list[str] = []
    try:
        yield
    except BaseException as error:
        told = [with_advice(str(error))]
        raise
    finally:
        if url is not None:
            events = [entry.dagster_event for entry in instance.all_logs(run_id) if entry.dagster_event]
            told = told or list(failures(events))
            if told:
                send(url, message(run_id, job, told))


def message(run_id: str, job: str, told: list[str]) -> dict[str, object]:
    """Return what is sent, to become JSON."""
    return {
        "run_id": run_id,
        "job": job,
        "failures": told,
        "host": socket.gethostname(),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def send(url: SecretStr, content: dict[str, object], deadline_seconds: float = DEADLINE_SECONDS) -> None:
    """Post the message as JSON; where it does not arrive in time, that is logged without the URL, which may hold a token."""
    # A thread that nobody waits for any longer: a receiver that sends a byte now and then would outlast every time-out.
    posting = threading.Thread(target=_post, args=(url, content), daemon=True)
    posting.start()
    posting.join(deadline_seconds)
    if posting.is_alive():
        log.warning("The alert was not taken within %.0f s: check ALERT_URL.", deadline_seconds)


def _post(url: SecretStr, content: dict[str, object]) -> None:
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=RETRY))
        try:
            answer = session.post(
                url.get_secret_value(),
                data=json.dumps(content, ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json"},
                timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                allow_redirects=False,
            )
        except (requests.RequestException, ValueError) as error:
            log.warning("The alert could not be sent (%s): check ALERT_URL.", type(error).__name__)
            return
    if answer.status_code not in TAKEN:
        log.warning("The alert was refused with status %d: check ALERT_URL.", answer.status_code)
