"""What a database driver said, fit to be shown: one line, and no password. What follows from it is said where it was asked."""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

HIDDEN = "***"
# A URL's password, as it stands there.
PASSWORD = re.compile(r"://[^:/@]*:(.*)@")


def first_line(error: BaseException, secrets: Iterable[str] = ()) -> str:
    """Return the first line of the error that says something, else its type's name, with every secret replaced by ``***``."""
    lines = (line.strip() for line in str(error).splitlines())
    said = next((line for line in lines if line), type(error).__name__)
    for secret in secrets:
        said = said.replace(secret, HIDDEN)
    return said


def cause(error: BaseException, secrets: Iterable[str]) -> BaseException | None:
    """Return the error, to be shown as the cause of ours; None where its words hold a secret."""
    return None if any(secret in str(error) for secret in secrets) else error


def secrets_of(address: str) -> tuple[str, ...]:
    """Return the spellings in which the URL's password may come back, the longest first; empty where it has none."""
    found = PASSWORD.search(address)
    if not found or not found[1]:
        return ()
    plain = unquote(found[1])
    return tuple(sorted({found[1], plain, quote(plain), quote(plain, safe="")}, key=lambda secret: (-len(secret), secret)))
