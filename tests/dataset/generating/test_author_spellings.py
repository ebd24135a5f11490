"""Other spellings belong to authors of the catalogue, and are printed where the list says so."""

import random

from dataset.generating.author_spellings import printed_author, read_spellings
from dataset.generating.works import folded, read_catalogue


def test_every_spelling_is_another_one_of_an_author_in_the_catalogue() -> None:
    authors = {author for work in read_catalogue() for author in work.authors}
    spellings = read_spellings()
    assert {author for author, _ in spellings} <= authors
    assert [(author, other) for (author, _), others in spellings.items() for other in others if other in authors] == []


def test_no_spelling_stands_for_two_authors() -> None:
    owners = [(folded(other), author) for (author, _), others in read_spellings().items() for other in others]
    assert len({spelling for spelling, _ in owners}) == len(set(owners))


def test_an_author_stands_in_the_own_script_in_editions_of_that_language_alone(rng: random.Random) -> None:
    russian, french = ({printed_author(rng, "Leo Tolstoy", language) for _ in range(200)} for language in ("rus", "fra"))
    assert russian == {"Leo Tolstoy", "Lev Tolstoy", "Лев Толстой"}
    assert french == {"Leo Tolstoy", "Lev Tolstoy"}


def test_an_author_without_other_spellings_stays_as_in_the_catalogue(rng: random.Random) -> None:
    assert {printed_author(rng, "Jane Austen", "eng") for _ in range(50)} == {"Jane Austen"}
