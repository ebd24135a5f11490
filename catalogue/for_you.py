"""Books for a reader who liked some and disliked others; nothing about the reader is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from psycopg import Connection

from catalogue.asking import asking
from catalogue.redirects import current_work_ids
from catalogue.similar import RATINGS, likeness

FOR, LIKED = "for", "liked"


@dataclass(frozen=True)
class Reason:
    """One term of a recommendation's score: a book of the reader's that speaks for it or against it."""

    work_id: int
    title: str
    share: float  # Of the terms that speak for it, 0 to 1.
    kind: str  # `ratings` or `content`.
    direction: str  # `for` or `against`.
    judgement: str  # `liked` or `disliked`.
    shared: str | None  # What a likeness of content rests on, `author Jane Austen, genre classic`.
    term: float  # What it adds to the score.

    @property
    def because(self) -> str:
        """What links the two books, in words."""
        return likeness(self.kind, self.shared)

    @property
    def in_words(self) -> str:
        """The reason as people read it: ``85 % because you liked Dune``, in brackets what the books share where that is known."""
        verb = "liked" if self.judgement == LIKED else "did not like"
        shared = f" ({self.shared})" if self.kind != RATINGS and self.shared else ""
        if self.direction == FOR:
            return f"{100 * self.share:.0f} % because you {verb} {self.title}{shared}"
        return f"against it: you {verb} {self.title}{shared}"


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
    """Return works for a reader of these work_ids, best first; empty where nothing follows.

    A work that was merged into another since is that one. Raises ``CatalogueUnavailable``.
    """
    current = current_work_ids(connection, [*liked, *disliked])
    sql = """
        select work_id, title, authors, score, reasons
        from recommendations.recommend_for(%(liked)s::bigint[], %(disliked)s::bigint[], %(max_results)s)
    """
    judged = {
        name: [current.get(work_id, work_id) for work_id in ids] for name, ids in (("liked", liked), ("disliked", disliked))
    }
    with asking(connection, _recommendation) as question:
        return question.execute(sql, {**judged, "max_results": max_results}).fetchall()


def _recommendation(reasons: list[dict[str, Any]] | None, **columns: Any) -> Recommendation:
    """Make a recommendation of its row, whose reasons are a list of JSON objects."""
    names = [field.name for field in fields(Reason)]
    made = tuple(Reason(**{name: reason[name] for name in names}) for reason in reasons or ())
    return Recommendation(reasons=made, **columns)
