"""Books for a reader who liked some and disliked others; nothing about the reader is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from psycopg import Connection

from catalogue.asking import asking


@dataclass(frozen=True)
class Reason:
    """One term of a recommendation's score: a book of the reader's that speaks for it or against it."""

    work_id: int
    title: str
    share: float  # Of the terms that speak for it, 0 to 1.
    kind: str
    direction: str


@dataclass(frozen=True)
class Recommendation:
    """A work that the reader may like, and why; the strongest reason first."""

    work_id: int
    title: str
    authors: str | None
    score: float
    reasons: tuple[Reason, ...]


def recommend(
    connection: Connection, liked: Sequence[int], disliked: Sequence[int] = (), max_results: int = 20
) -> list[Recommendation]:
    """Return works for a reader of these work_ids, best first; empty where nothing follows. Raises ``CatalogueUnavailable``."""
    sql = """
        select work_id, title, authors, score, reasons
        from recommendations.recommend_for(%(liked)s::bigint[], %(disliked)s::bigint[], %(max_results)s)
    """
    with asking(connection, _recommendation) as question:
        asked = {"liked": list(liked), "disliked": list(disliked), "max_results": max_results}
        return question.execute(sql, asked).fetchall()


def _recommendation(reasons: list[dict[str, Any]] | None, **columns: Any) -> Recommendation:
    """Make a recommendation of its row, whose reasons are a list of JSON objects."""
    names = [field.name for field in fields(Reason)]
    made = tuple(Reason(**{name: reason[name] for name in names}) for reason in reasons or ())
    return Recommendation(reasons=made, **columns)
