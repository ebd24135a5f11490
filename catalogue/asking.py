"""How a question reaches Postgres and how a failure is told; no question itself stands here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Generic, LiteralString, TypeVar

from psycopg import Connection, Cursor, Error, errors
from psycopg.rows import kwargs_row

Answer = TypeVar("Answer")

# A publication replaces the schemas in one step, but a statement that is just being planned may still look for what was replaced:
# a schema, a function, a table, or (an internal error) the entry of one in the system's catalog.
MOVED_AWAY = (errors.InvalidSchemaName, errors.UndefinedFunction, errors.UndefinedTable, errors.InternalError_)

WHAT_TO_DO: tuple[tuple[type[Error] | tuple[type[Error], ...], str], ...] = (
    (MOVED_AWAY, "The catalogue has not been published to this database yet: run `booklake refresh`, then try again."),
    (errors.QueryCanceled, "The database took too long to answer: try again, with fewer words if it was a long search."),
    (
        errors.InsufficientPrivilege,
        "The database does not let this user read the catalogue: `booklake refresh` publishes it again with the grants it needs.",
    ),
    (
        errors.OperationalError,
        "The database cannot be reached or refused the login: `booklake doctor` tells which and names the fix.",
    ),
    (Error, "The database could not answer: `booklake doctor` tells what is wrong and names the fix."),
)


class CatalogueUnavailable(Exception):
    """The catalogue could not be asked, which is not the same as having no answer; the message is one sentence for people."""

    @staticmethod
    def because_of(error: Error) -> "CatalogueUnavailable":
        """Say what to do about the driver's error, without its own text: that may name hosts and users."""
        made = TookTooLong if isinstance(error, errors.QueryCanceled) else CatalogueUnavailable
        return made(next(sentence for kind, sentence in WHAT_TO_DO if isinstance(error, kind)))


class TookTooLong(CatalogueUnavailable):
    """The question took longer than the database allows; others may still be answered."""


class Question(Generic[Answer]):
    """A cursor that asks once more where a publication replaced what the statement was about to read."""

    def __init__(self, cursor: Cursor[Answer]) -> None:
        self._cursor = cursor

    def execute(self, sql: LiteralString | bytes, params: Mapping[str, object] | None = None) -> Cursor[Answer]:
        """Execute the statement; its connection is in autocommit, else the second try would meet a failed transaction."""
        try:
            return self._cursor.execute(sql, params)
        except MOVED_AWAY:
            return self._cursor.execute(sql, params)


@contextmanager
def asking(connection: Connection, answer: Callable[..., Answer]) -> Iterator[Question[Answer]]:
    """Lend what executes one statement, whose rows are ``answer(**columns)``: a frozen dataclass, or a function that makes one.

    Raises ``CatalogueUnavailable`` for whatever the driver raises inside.
    """
    try:
        with connection.cursor(row_factory=kwargs_row(answer)) as cursor:
            yield Question(cursor)
    except Error as error:
        raise CatalogueUnavailable.because_of(error) from error
