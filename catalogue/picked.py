"""The books that a reader has picked, as an address names them; what follows from them belongs to for_you.py."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import Connection

from catalogue.asking import asking
from catalogue.book import work_id_of
from catalogue.redirects import over_current_works

MOST_PICKED = 200  # An address longer than some thousand characters is cut by mail programs.


@dataclass(frozen=True)
class NamedBook:
    """A work with what tells it from others."""

    work_id: int
    title: str
    authors: str | None


def picked_work_ids(text: str) -> tuple[int, ...]:
    """The work_ids of a list like `12,34`, each once, in its order; what is no work_id is left out."""
    found = (work_id_of(part) for part in text.split(","))
    return tuple(dict.fromkeys(work_id for work_id in found if work_id is not None))[:MOST_PICKED]


def name_books(connection: Connection, work_ids: Sequence[int]) -> list[NamedBook]:
    """Return these works, each once, in the order asked; for a work merged since, the one that it is now.

    Those that are not known are left out. Raises ``CatalogueUnavailable``.
    """
    sql = """
        select books.work_id, books.title, books.authors
        from current_works
        inner join recommendations.books as books on current_works.work_id = books.work_id
        group by books.work_id, books.title, books.authors
        order by min(current_works.place)
    """
    with asking(connection, NamedBook) as question:
        return question.execute(over_current_works(sql), {"work_ids": list(work_ids)}).fetchall()
