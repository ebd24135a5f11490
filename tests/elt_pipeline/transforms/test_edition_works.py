import random
from collections.abc import Callable
from typing import Any

import pytest
from pyspark.sql import DataFrame

from dataset.generating.alike_works import ALIKE_WORKS
from elt_pipeline.contracts.silver import EDITION_WORKS
from elt_pipeline.transforms.edition_works import group_editions

Editions = Callable[..., DataFrame]
Book = tuple[str, str | None, str, str | None]


def works_of(frame: DataFrame) -> dict[int, int]:
    return {row["edition_id"]: row["work_id"] for row in group_editions(frame).collect()}


def edition(edition_id: int, title: str, authors: str | None = "Ann Author", **values: Any) -> dict[str, Any]:
    return {"edition_id": edition_id, "title": title, "authors": authors, **values}


def book(title: str, authors: str | None, language: str, series: str | None, edition_id: int = 1) -> dict[str, Any]:
    return edition(edition_id, title, authors, language_code=language, series_name=series, series_number=series and "1")


def test_editions_are_grouped_with_rule_and_evidence(editions: Editions) -> None:
    frame = editions(
        edition(9, "Les Misérables", "Victor Hugo"),
        edition(4, "les miserables!", "VICTOR HUGO / Norman Denny"),
        edition(5, "Les Misérables", "Norman Denny / Victor Hugo"),
        edition(6, "Les Misérables: A Novel", "Hugo, V."),
        edition(7, "Les Misérables", None),
        edition(8, "Les Misérables (Abridged)", "Victor Hugo"),
    )
    grouped = group_editions(frame)
    EDITION_WORKS.check_spark(grouped.schema)
    assert sorted(map(tuple, grouped.collect())) == [
        (4, 4, "same_title_and_author", "title=les miserables author=victor hugo"),
        (5, 4, "same_title_and_author", "title=les miserables author=norman denny"),
        (6, 4, "author_spelling", "title=les miserables author=v hugo"),
        (7, 7, "alone", "title=les miserables"),
        (8, 8, "alone", "title=les miserables kind=cut author=victor hugo"),
        (9, 4, "same_title_and_author", "title=les miserables author=victor hugo"),
    ]


def test_a_translation_joins_its_english_work(editions: Editions) -> None:
    frame = editions(
        edition(7, "The Arctic Incident", "Eoin Colfer", series_name="Artemis Fowl", series_number="2", language_code="eng"),
        edition(2, "Encuentro en el Ártico", "E. Colfer", series_name="ARTEMIS FOWL", series_number="2", language_code="spa"),
        edition(3, "El cubo B", "Eoin Colfer", series_name="Artemis Fowl", series_number="3", language_code="spa"),
    )
    assert works_of(frame) == {2: 2, 3: 3, 7: 2}


def test_a_description_joins_an_original_with_its_translation(editions: Editions) -> None:
    frame = editions(
        edition(1, "Dead Souls", language_code="eng", description="A man buys serfs. Original title: Мёртвые души."),
        edition(2, "Мёртвые души", language_code="rus"),
        edition(3, "Мёртвые души", "Boris Writer", language_code="rus"),
        edition(4, "A Guide to Dead Souls", language_code="eng", description="Original title: Dead Souls, Volume 2."),
    )
    assert works_of(frame) == {1: 1, 2: 1, 3: 3, 4: 4}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(("Emma", "Jane Austen", "fra", None), ("Emma", "Julia Stein", "eng", None), id="names that sound alike"),
        pytest.param(
            ("Mitos nórdicos", "Juan Mora", "spa", "Penguin Classics"),
            ("My First Summer", "John Muir", "eng", "Penguin Classics"),
            id="a publisher's series and names that sound alike",
        ),
        pytest.param(
            ("Emma", "Jane Austen", "spa", "Classics"),
            ("Persuasion", "Jane Austen", "eng", "Classics"),
            id="a publisher's series",
        ),
        pytest.param(("Poems", "John Moore", "eng", None), ("Poems", "John Muir", "eng", None), id="one title and language"),
    ],
)
def test_what_only_sounds_alike_or_has_one_publisher_is_two_works(editions: Editions, first: Book, second: Book) -> None:
    assert works_of(editions(*(book(*values, edition_id=n) for n, values in ((1, first), (2, second))))) == {1: 1, 2: 2}


def test_works_that_the_generator_makes_alike_stay_as_many_as_they_are(editions: Editions) -> None:
    rows = [
        edition(
            n, work.title, work.author, language_code=work.language, series_name=work.series, series_number=work.series_number
        )
        for n, work in enumerate(ALIKE_WORKS, start=1)
    ]
    assert works_of(editions(*rows)) == {n: n for n in range(1, len(ALIKE_WORKS) + 1)}


def test_a_place_tells_nothing_in_a_series_of_several_authors(editions: Editions) -> None:
    spanish, english = ("Uno", "Ann Author", "spa", "Night Line"), ("One", "Ann Author", "eng", "Night Line")
    others = [
        ("Two", "Bob Writer", "eng", "Night Line"),
        ("Three", "Carl Penn", "eng", "Night Line"),
        ("Four", None, "eng", None),
    ]
    own = editions(*(book(*values, edition_id=n) for n, values in enumerate((spanish, english), start=1)))
    shared = editions(*(book(*values, edition_id=n) for n, values in enumerate((spanish, english, *others), start=1)))
    assert works_of(own) == {1: 1, 2: 1}
    assert works_of(shared) == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}


def test_one_stray_author_does_not_take_a_series_from_its_own(editions: Editions) -> None:
    volumes = [book("Uno", "Ann Author", "spa", "Saga"), *(book("One", "Ann Author", "eng", "Saga", n) for n in (2, 3, 4))]
    assert works_of(editions(*volumes, book("The Play", "Carl Penn", "eng", "Saga", 5))) == {1: 1, 2: 1, 3: 1, 4: 1, 5: 5}


def test_titles_in_other_scripts_are_told_apart(editions: Editions) -> None:
    frame = editions(edition(1, "حرب"), edition(2, "سلام"), edition(3, "!!!"), edition(4, "???"))
    assert works_of(frame) == {1: 1, 2: 2, 3: 3, 4: 4}


def test_grouping_is_the_same_for_any_order(editions: Editions, rng: random.Random) -> None:
    languages = ["eng", "spa", None]
    rows = [
        edition(
            n,
            f"Title {rng.choice('ABC')}{rng.choice(['', ': The Story of It', ' Vol. 2'])}",
            rng.choice(["Ann Author", "A. Author", "Bob Author / Ann Author", None]),
            series_name="Saga",
            series_number=str(n % 3),
            language_code=rng.choice(languages),
        )
        for n in range(1, 80)
    ]
    first = works_of(editions(*rows))
    rng.shuffle(rows)
    assert works_of(editions(*rows).repartition(4)) == first
