"""How a MySQL or MariaDB server is reached, and what a person is told where it refuses. Reading tables belongs to database.py."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from elt_pipeline.sources.driver_words import first_line

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

CONNECT_SECONDS = 3
# A server that takes the connection and then says nothing is given up after these; an answer to a question may take longer.
GREETING_SECONDS, ANSWER_SECONDS = 5, 900
# By the number of the error: what has happened, and what a person can do about it. {} stands for the user of SOURCE_URL.
REASONS = {
    1045: ("it refuses the user {} or the password", "Correct SOURCE_URL."),
    1698: ("it refuses the user {} or the password", "Correct SOURCE_URL."),
    1044: ("there is no such database, or the user {} may not use it", "Correct SOURCE_URL, or give that user the right."),
    1049: ("there is no such database", "Create it, or correct the name at the end of SOURCE_URL."),
    1046: ("no database is named", "Put its name at the end of SOURCE_URL, after a /."),
    1040: ("it has too many connections", "Wait until others have left, or raise its max_connections."),
    1203: ("the user {} has too many connections", "Wait until others have left, or raise max_user_connections."),
    1130: ("it lets nobody in from this machine", "Give the user of SOURCE_URL the right to come from here."),
    1142: ("the user {} may not do that to a table", "Grant it SELECT, for a load also what docs/servers.md lists."),
    1143: ("the user {} may not read a column", "Grant it SELECT on the whole table."),
    1021: ("its disk is full", "Free space there and run it again."),
    1114: ("its disk is full", "Free space there and run it again."),
    1290: ("it takes no writing", "Name another server in SOURCE_URL, or end its read-only mode."),
    1053: ("it is shutting down", "Start it and run it again."),
    2006: ("it went away", "Start it and run it again."),
    2013: ("it went away while it was asked", "Start it and run it again."),
    2003: ("it does not answer", "Start it, or correct SOURCE_URL."),
}
UNKNOWN = ("it said {said}", "Check SOURCE_URL.")
# Where the driver has one number for several causes, its words tell them apart: the resolver's numbers are negative.
BY_WORDS = {
    "No more room": ("its disk is full", "Free space there and run it again."),
    "No space left": ("its disk is full", "Free space there and run it again."),
    "Errno -": ("no such host is known", "Correct SOURCE_URL."),
    "timed out": ("it does not answer in time", "Correct SOURCE_URL, or see to that server."),
}


def mysql_engine(url: "URL", **options: Any) -> "Engine":
    """Return an engine that gives up within seconds where nobody answers; ``options`` are those of ``create_engine``."""
    from sqlalchemy import create_engine, event  # noqa: PLC0415 - a second that commands without a source should not pay.

    driver = "mysql+pymysql" if url.drivername == "mysql" else url.drivername
    waits = {"connect_timeout": CONNECT_SECONDS, "read_timeout": GREETING_SECONDS}
    engine = create_engine(url.set(drivername=driver), connect_args=waits, **options)
    event.listen(engine, "connect", _wait_longer)
    return engine


def bulk_address(url: "URL") -> str:
    """Return the URL as connectorx takes it: every special character quoted, and no `charset`, which it does not know."""
    login = ":".join(quote(part, safe="") for part in (url.username, url.password) if part)
    query = url.difference_update_query(["charset"]).query
    parameters = f"?{urlencode(query, doseq=True)}" if query else ""
    return f"mysql://{login}@{url.host}:{url.port or 3306}/{quote(url.database or '', safe='')}{parameters}"


def columns_query(table: str) -> str:
    """Return the question for a table's columns and their types, which needs no other right than to read it, of a view too."""
    kind = "case when data_type regexp 'geometry|point|linestring|polygon' then 'geometry' else column_type end"
    name = f"convert(0x{table.encode().hex()} using utf8mb4)"
    where = f"where table_schema = database() and table_name = {name}"
    return f"select column_name, {kind} from information_schema.columns {where} order by ordinal_position"  # noqa: S608 - digits.


def refusal(url: "URL", error: BaseException, secrets: Iterable[str] = ()) -> str:
    """Return what a driver's error means and what to do, in one sentence each, with the place and without any password."""
    told = first_line(error, secrets)
    number = re.match(r"\((\d+),", told)
    by_number = REASONS.get(int(number[1]) if number else 0, UNKNOWN)
    happened, advice = next((reason for words, reason in BY_WORDS.items() if words in told), by_number)
    place = f"{url.host}:{url.port or 3306}, database {url.database}"
    return f"The source at {place} cannot be used: {happened.format(url.username, said=told)}. {advice}"


def _wait_longer(connection: Any, _: object) -> None:
    connection._read_timeout = ANSWER_SECONDS
