"""Metabase's REST API over HTTP: its session, its patience, its errors in words. What is asked for belongs to provisioning.py."""

import time
from collections.abc import Collection
from http import HTTPStatus
from typing import Any, TypeVar

import requests
from pydantic import SecretStr
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from stack.errors import StackFailed

Kind = TypeVar("Kind")

MADE_FOR = "0.65"
CONNECT_SECONDS, ANSWER_SECONDS = 5, 60
MAY_PASS = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
REFUSED = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
LONGEST_QUOTE = 300


class MetabaseUnreachable(StackFailed):
    """Nothing answers, or Metabase is not ready in time."""


class MetabaseRefused(StackFailed):
    """Metabase knows us not, or does not take what it was sent."""


class MetabaseUnexpected(StackFailed):
    """Metabase answers otherwise than the version that this was made for; the message names the endpoint."""


class Metabase:
    """A Metabase, asked in JSON; after ``log_in`` as its administrator."""

    def __init__(self, url: str, secrets: Collection[SecretStr] = ()) -> None:
        self.url = url.rstrip("/")
        self._secrets = secrets
        self._session = requests.Session()
        # A POST that may have had its effect is not sent twice.
        retry = Retry(
            total=4, backoff_factor=0.3, status_forcelist=MAY_PASS, allowed_methods={"GET", "PUT"}, raise_on_status=False
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def wait_until_ready(self, seconds: float, pause: float = 2) -> None:
        """Return when Metabase says that it is ready. Raises ``MetabaseUnreachable`` after so many seconds."""
        deadline = time.monotonic() + seconds
        while (state := self._health()) != "ok":
            if time.monotonic() + pause > deadline:
                raise MetabaseUnreachable(
                    f"{self.url} is not ready after {seconds:g} s: {state}. Is Metabase started "
                    "(docker compose --profile bi up -d), and does METABASE_URL name it? "
                    "Its first start takes minutes; --wait says how long to wait."
                )
            time.sleep(pause)

    def log_in(self, session_id: str) -> None:
        """Send this session with every request from now on."""
        self._session.headers["X-Metabase-Session"] = session_id

    def get(self, path: str) -> Any:
        """Return what the endpoint answers."""
        return self._asked("GET", path, None)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Return what the endpoint answers to the body."""
        return self._asked("POST", path, body)

    def put(self, path: str, body: dict[str, Any]) -> Any:
        """Return what the endpoint answers to the body."""
        return self._asked("PUT", path, body)

    def _health(self) -> str:
        """`ok`, or why it is not."""
        try:
            answer = requests.get(f"{self.url}/api/health", timeout=(CONNECT_SECONDS, CONNECT_SECONDS))
        except requests.ConnectionError:
            return "nothing answers there"
        except requests.Timeout:
            return "it takes too long to answer"
        if answer.status_code not in (HTTPStatus.OK, *MAY_PASS):
            raise self._unexpected("GET /api/health", f"{answer.status_code}; perhaps METABASE_URL names another server")
        return str(_json(answer, {}).get("status", f"it answers {answer.status_code}"))

    def _asked(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        asked = f"{method} {path.partition('?')[0]}"
        try:
            answer = self._session.request(method, f"{self.url}{path}", json=body, timeout=(CONNECT_SECONDS, ANSWER_SECONDS))
        except requests.RequestException as error:
            raise MetabaseUnreachable(
                f"{asked}: {self.url} no longer answers. Look at Metabase's log, then run this again."
            ) from error
        if answer.status_code in REFUSED:
            raise MetabaseRefused(f"{asked}: Metabase refuses it ({answer.status_code}). {self._quote(answer)}".rstrip())
        if not answer.ok:
            raise self._unexpected(asked, f"{answer.status_code} {self._quote(answer)}".rstrip())
        found = _json(answer, None)
        if found is None:
            raise self._unexpected(asked, f"no JSON but {answer.headers.get('Content-Type', 'nothing')}")
        return found

    def _unexpected(self, asked: str, what: str) -> MetabaseUnexpected:
        return MetabaseUnexpected(
            f"{asked} answered {what}. This was made for Metabase {MADE_FOR}; its API may differ between versions."
        )

    def _quote(self, answer: requests.Response) -> str:
        """What Metabase says of an error, without the secrets that it may repeat."""
        text = " ".join(answer.text.split())
        for secret in self._secrets:
            text = text.replace(secret.get_secret_value() or "\0", "…")
        return text[:LONGEST_QUOTE]


def part(answer: Any, name: str, kind: type[Kind], asked: str) -> Kind:
    """Return a part of an answer. Raises ``MetabaseUnexpected`` where it is not there or is another kind of thing."""
    found = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(found, kind):
        raise MetabaseUnexpected(
            f"{asked} answered without `{name}`. This was made for Metabase {MADE_FOR}; its API may differ between versions."
        )
    return found


def _json(answer: requests.Response, otherwise: Any) -> Any:
    try:
        return answer.json()
    except ValueError:
        return otherwise
