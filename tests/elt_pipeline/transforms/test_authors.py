from collections.abc import Callable
from hashlib import sha256
from typing import Any

from pyspark.sql import DataFrame

from elt_pipeline.contracts.silver import AUTHORS, EDITION_WORKS, WORK_AUTHORS
from elt_pipeline.transforms.authors import list_authors, list_work_authors
from elt_pipeline.transforms.edition_works import group_editions

Editions = Callable[..., DataFrame]


def id_of(folded_name: str) -> int:
    return int(sha256(folded_name.encode()).hexdigest()[:15], 16)


def test_spellings_that_fold_alike_are_one_author_named_by_the_most_frequent(editions: Editions) -> None:
    names = ("Émile Zola", "Emile Zola / Ann Lee", "Emile Zola", "ann lee", None)
    authors = list_authors(editions(*({"edition_id": n, "title": f"T{n}", "authors": name} for n, name in enumerate(names, 1))))
    AUTHORS.check_spark(authors.schema)
    assert sorted(map(tuple, authors.collect()), key=lambda row: row[2]) == [
        (id_of("ann lee"), "Ann Lee", "ann lee"),
        (id_of("emile zola"), "Emile Zola", "emile zola"),
    ]


def test_authors_of_a_work_stand_in_the_order_of_its_editions(editions: Editions) -> None:
    frame = editions(
        {"edition_id": 1, "title": "Emma", "authors": "Jane / Zoe"},
        {"edition_id": 2, "title": "Emma", "authors": "Jane / Bob / Zoe"},
        {"edition_id": 3, "title": "Emma", "authors": "JANE / Zoe"},
        {"edition_id": 4, "title": "Beowulf"},
    )
    work_authors = list_work_authors(frame, group_editions(frame))
    WORK_AUTHORS.check_spark(work_authors.schema)
    assert sorted(map(tuple, work_authors.collect()), key=lambda row: row[2]) == [
        (1, id_of("jane"), 1),
        (1, id_of("zoe"), 2),
        (1, id_of("bob"), 3),
    ]


def test_authors_equal_in_place_and_count_stand_by_id(editions: Editions) -> None:
    frame = editions(
        {"edition_id": 1, "title": "Emma", "authors": "Jane / Zoe"}, {"edition_id": 2, "title": "Emma", "authors": "Jane / Bob"}
    )
    second, third = sorted([id_of("zoe"), id_of("bob")])
    rows = list_work_authors(frame, group_editions(frame)).orderBy("author_position").collect()
    assert [row["author_id"] for row in rows] == [id_of("jane"), second, third]


def test_of_several_spellings_of_a_person_the_usual_one_stands(make: Any, editions: Editions) -> None:
    names = ["H.G. Wells", "H.G. Wells / Orson Welles", "Herbert George Wells", "Orson Welles", "H. G. Wells / Jane Wells"]
    frame = editions(*({"edition_id": n, "title": "T", "authors": name} for n, name in enumerate(names, 1)))
    one_work = make(EDITION_WORKS, [{"edition_id": n, "work_id": 1} for n in range(1, 6)])
    rows = list_work_authors(frame, one_work).orderBy("author_position").collect()
    assert [row["author_id"] for row in rows] == [id_of("h g wells"), id_of("orson welles"), id_of("jane wells")]
