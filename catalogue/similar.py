"""Books that resemble a book; books for a reader belong to for_you.py."""

from dataclasses import dataclass

from psycopg import Connection

from catalogue.asking import asking
from catalogue.redirects import current_work_ids

RATINGS = "ratings"


@dataclass(frozen=True)
class SimilarBook:
    """A work that resembles the one asked about, and why."""

    work_id: int
    title: str
    authors: str | None
    score: float
    reason: str  # `ratings` or `content`.
    shared: str | None  # What a likeness of content rests on, `author Jane Austen, genre classic`.

    @property
    def because(self) -> str:
        """Why it resembles the other, in words."""
        return likeness(self.reason, self.shared)


def likeness(kind: str, shared: str | None) -> str:
    """What two books have in common, in words: their readers, or what is shared; a new kind is told by its name."""
    return "liked by the same readers" if kind == RATINGS else shared or kind


def similar_books(connection: Connection, work_id: int, max_results: int = 20) -> list[SimilarBook]:
    """Return the works most like this one, the most similar first; empty where none is known.

    A work that was merged into another since is that one. Raises ``CatalogueUnavailable``.
    """
    current = current_work_ids(connection, [work_id]).get(work_id)
    sql = "select work_id, title, authors, score, reason, shared from recommendations.similar_to(%(work_id)s, %(max_results)s)"
    with asking(connection, SimilarBook) as question:
        return question.execute(sql, {"work_id": current, "max_results": max_results}).fetchall()
