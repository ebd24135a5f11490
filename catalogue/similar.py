"""Books that resemble a book; books for a reader belong to for_you.py."""

from dataclasses import dataclass

from psycopg import Connection

from catalogue.asking import asking


@dataclass(frozen=True)
class SimilarBook:
    """A work that resembles the one asked about, and why."""

    work_id: int
    title: str
    authors: str | None
    score: float
    reason: str | None


def similar_books(connection: Connection, work_id: int, max_results: int = 20) -> list[SimilarBook]:
    """Return the works most like this one, the most similar first; empty where none is known. Raises ``CatalogueUnavailable``."""
    sql = "select work_id, title, authors, score, reason from recommendations.similar_to(%(work_id)s, %(max_results)s)"
    with asking(connection, SimilarBook) as question:
        return question.execute(sql, {"work_id": work_id, "max_results": max_results}).fetchall()
