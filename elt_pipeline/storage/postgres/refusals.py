"""Why a Postgres server cannot be reached by its URL, as a sentence that names the setting to change. No connecting here."""

import re
from urllib.parse import urlsplit

# What the server says, and what a person can do about it; the first sign that is found counts.
ADVICE = {
    "does not exist": "Create it, or correct {setting}.",
    "too many": "Wait until others have left, or raise max_connections of that server.",
    "remaining connection slots": "Wait until others have left, or raise max_connections of that server.",
    "no pg_hba.conf entry": "Let that role in from this machine in the server's pg_hba.conf, or correct {setting}.",
    "permission denied for database": "Give that role the right to connect, or correct {setting}.",
    "starting up": "Wait until it is there and try again.",
    "shutting down": "Start it again, and try again.",
    "recovery mode": "Wait until it is there and try again.",
    "not yet accepting": "It comes back after it has ended by itself: look into its log, and whether its disk is full.",
    "could not write": "Look into that server's log, and whether its disk is full.",
}

# A password that we set ourselves is refused where somebody else has set another since.
SHARED = " Roles belong to the whole server: where another Booklake uses that server too, give both the same four passwords."


class HistoryUnavailable(Exception):
    """The Postgres of Dagster's history cannot be reached; the message names the setting and never holds a password."""


def not_there(told: str) -> bool:
    """Whether the driver's words say that no server answers, or one that is only coming back."""
    return "FATAL:" not in told or "the database system is" in told


def refusal(what: str, url: str, told: str, setting: str, password_setting: str | None = None, role: str | None = None) -> str:
    """Return why ``what``, say `The warehouse`, cannot be reached, without any password.

    ``told`` are the driver's words.
    ``setting`` holds the URL, ``password_setting`` the password where that is another one; ``role`` is who asked, for people.
    """
    try:
        parts = urlsplit(url)
        place = f"{what} at {parts.hostname}:{parts.port or 5432}, database {parts.path.strip('/')}"
    except ValueError:
        return f"{setting} is no URL: write it as postgresql://user:password@host:5432/database."
    who = f"the role {role}" if role else f"the role {parts.username}"
    if "password authentication failed" in told or "no password supplied" in told:
        return (
            f"{place} refuses the password of {who}: correct {password_setting or setting}.{SHARED if password_setting else ''}"
        )
    if "could not translate host name" in told or "failed to resolve host" in told:
        return f"{place} cannot be found: no such host is known. Correct {setting}."
    reason = re.search(r"FATAL:\s*(.+)", told)
    if reason is None:
        return f"{place} does not answer: start it, or correct {setting}."
    advice = next((advice for sign, advice in ADVICE.items() if sign in reason[1]), "Look at {setting}.")
    return f"{place} refuses {who}: {reason[1].strip()}. {advice.format(setting=setting)}"
