from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pyspark.sql import DataFrame

from elt_pipeline.contracts import gold, silver
from elt_pipeline.transforms.authors import list_authors, list_work_authors
from elt_pipeline.transforms.edition_works import group_editions
from elt_pipeline.transforms.gold import publish_editions, publish_ratings, publish_works
from elt_pipeline.transforms.works import describe_works

ROWS: list[dict[str, Any]] = [
    {
        "edition_id": 1,
        "title": "Dune",
        "authors": "Zoe / Ann / Bob",
        "rating_count": 3,
        "description": "Sand.",
        "average_stars": Decimal("4.00"),
    },
    {"edition_id": 2, "title": "Dune", "authors": "Zoe / Ann", "isbn13": "9780439358071", "rating_count": 9},
    {"edition_id": 3, "title": "Beowulf"},
]
RATINGS = [{"reader_id": f"rating:{n}", "work_id": 1, "source_table": "rating", "stars": n} for n in (2, 5)]


def test_a_work_is_published_with_authors_isbn_and_readers(make: Any, editions: Callable[..., DataFrame]) -> None:
    frame = editions(*ROWS)
    grouped = group_editions(frame)
    works, work_authors = describe_works(frame, grouped), list_work_authors(frame, grouped)
    published = publish_works(works, frame, list_authors(frame), work_authors, make(silver.RATINGS, RATINGS))
    gold.WORKS.check_spark(published.schema)
    columns = ("work_id", "best_edition_id", "authors", "isbn13", "description", "rating_count", "reader_count")
    assert sorted(map(tuple, published.select(*columns).collect())) == [
        (1, 2, "Zoe, Ann, Bob", "9780439358071", "Sand.", 12, 2),
        (3, 3, None, None, None, 0, 0),
    ]


def test_an_edition_is_published_with_its_work(editions: Callable[..., DataFrame]) -> None:
    frame = editions(*ROWS)
    grouped = group_editions(frame)
    published = publish_editions(frame, grouped, describe_works(frame, grouped))
    gold.EDITIONS.check_spark(published.schema)
    rows = published.select("edition_id", "work_id", "is_best_edition", "grouping_rule").collect()
    assert sorted(map(tuple, rows)) == [
        (1, 1, False, "same_title_and_author"),
        (2, 1, True, "same_title_and_author"),
        (3, 3, True, "alone"),
    ]
    assert published.where("grouping_evidence like 'title=%'").count() == 3


def test_ratings_are_published_by_work(make: Any) -> None:
    published = publish_ratings(make(silver.RATINGS, RATINGS))
    gold.RATINGS_BY_WORK.check_spark(published.schema)
    assert sorted(map(tuple, published.collect())) == [(1, "rating:2", 2), (1, "rating:5", 5)]
