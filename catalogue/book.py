"""One book with its authors and editions; what resembles it belongs to similar.py."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, LiteralString

from psycopg import Connection

from catalogue.asking import asking
from catalogue.redirects import over_current_works

LARGEST_ID = 2**63 - 1

FIND_BOOK: LiteralString = """
select books.work_id, books.title, books.authors as author_names, books.series_name, books.series_number,
    books.language_code, books.first_publish_year, books.rating_count, books.average_stars,
    array(
        select jsonb_build_object('author_id', author_id, 'name', name)
        from recommendations.book_authors
        where book_authors.work_id = books.work_id
        order by author_position
    ) as authors,
    array(
        select jsonb_build_object(
            'edition_id', edition_id, 'title', title, 'publish_year', publish_year, 'publisher', publisher,
            'language_code', language_code, 'page_count', page_count, 'isbn10', isbn10, 'isbn13', isbn13,
            'description', description, 'rating_count', rating_count, 'is_best_edition', is_best_edition,
            'grouping_rule', grouping_rule, 'grouping_evidence', grouping_evidence
        )
        from recommendations.editions
        where editions.work_id = books.work_id
        order by is_best_edition desc, rating_count desc nulls last, edition_id
    ) as editions,
    array(
        select genre
        from recommendations.book_genres
        where book_genres.work_id = books.work_id
        order by genre collate "C"
    ) as genres,
    array(
        select distinct url
        from recommendations.download_links
        where download_links.work_id = books.work_id
        order by url
    ) as downloads,
    books.description as own_description
from current_works
inner join recommendations.books as books on current_works.work_id = books.work_id
"""


@dataclass(frozen=True)
class Author:
    """Someone who wrote the work, in the order of the title page."""

    author_id: int
    name: str


@dataclass(frozen=True)
class Edition:
    """One printing of the work."""

    edition_id: int
    title: str
    publish_year: int | None  # Negative before the common era.
    publisher: str | None
    language_code: str | None  # ISO 639-3.
    page_count: int | None
    isbn10: str | None
    isbn13: str | None
    description: str | None
    rating_count: int | None
    is_best_edition: bool
    grouping_rule: str  # Why it is an edition of this work and of no other.
    grouping_evidence: str  # What the rule compared, `title=dune author=frank herbert`.


@dataclass(frozen=True)
class Book:
    """A work with all that its page shows."""

    work_id: int
    title: str
    author_names: str | None
    series_name: str | None
    series_number: str | None
    language_code: str | None  # ISO 639-3.
    first_publish_year: int | None  # Negative before the common era.
    rating_count: int
    average_stars: Decimal | None
    authors: tuple[Author, ...]
    editions: tuple[Edition, ...]  # The best edition first, then by ratings.
    genres: tuple[str, ...]  # By name.
    downloads: tuple[str, ...]  # Addresses of files of its editions, as the source gives them.
    own_description: str | None  # Of the work itself.

    @property
    def description(self) -> str | None:
        """The description of the work, else that of the best edition that has one."""
        of_editions = (edition.description for edition in self.editions if edition.description)
        return self.own_description or next(of_editions, None)


def work_id_of(text: str) -> int | None:
    """The work_id that an address names; None where the text cannot be one."""
    if not re.fullmatch(r"-?[0-9]{1,19}", text):
        return None
    return int(text) if abs(int(text)) <= LARGEST_ID else None


def find_book(connection: Connection, work_id: int) -> Book | None:
    """Return the work, or the one that it was merged into since; None where neither is known. Raises ``CatalogueUnavailable``.

    One statement, so that authors and editions come from the same publication as the book.
    """
    with asking(connection, _book) as question:
        return question.execute(over_current_works(FIND_BOOK), {"work_ids": [work_id]}).fetchone()


def _book(
    authors: list[dict[str, Any]], editions: list[dict[str, Any]], genres: list[str], downloads: list[str], **columns: Any
) -> Book:
    """Make a book of its row, whose authors and editions are lists of JSON objects."""
    return Book(
        genres=tuple(genres),
        downloads=tuple(downloads),
        authors=tuple(Author(**author) for author in authors),
        editions=tuple(Edition(**edition) for edition in editions),
        **columns,
    )
