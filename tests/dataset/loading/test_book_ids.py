"""Ids that are made: the same for the same texts, never one for two, and of a size that every reader keeps."""

import pytest

from dataset.loading import book_ids
from dataset.loading.book_ids import MadeIds


def test_an_id_depends_on_the_texts_alone_and_is_exact_everywhere() -> None:
    books = [(f"Title {number}", None, "") for number in range(1_000)]
    ids, others = MadeIds(), MadeIds()
    made = {book: ids.id_of(book) for book in books}
    assert {book: others.id_of(book) for book in reversed(books)} == made
    assert len(set(made.values())) == len(books)
    assert all(2**52 <= int(text) < 2**53 for text in made.values())


def test_nothing_and_an_empty_text_are_not_the_same() -> None:
    ids = MadeIds()
    assert ids.id_of(("Emma", None)) != ids.id_of(("Emma", ""))


def test_an_id_that_belongs_to_others_is_not_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_ids, "MADE_COUNT", 40)
    ids = MadeIds()
    made = {number: ids.id_of((str(number),)) for number in range(12)}
    assert len(set(made.values())) == 12
    assert {number: ids.id_of((str(number),)) for number in range(12)} == made
    with pytest.raises(LookupError, match="No id is left"):
        [ids.id_of((str(number),)) for number in range(12, 400)]


def test_a_text_that_is_no_unicode_still_gets_an_id() -> None:
    assert MadeIds().id_of(("\udcff",)).isdigit()
