"""Tests of the queries that the benchmark of search asks, and of how it counts their answers."""

from random import Random

import pytest

from benchmarks.search import answer_of
from benchmarks.search_queries import (
    KINDS,
    KnownBook,
    Query,
    deletion,
    insertion,
    main_title,
    make_queries,
    misspelt,
    neighbour_key,
    transposition,
    with_a_word_dropped,
    without_article,
    without_punctuation,
)
from benchmarks.search_report import Answer, report, score
from benchmarks.search_systems import System

BOOKS = [
    KnownBook("The Hobbit: There and Back Again", "the hobbit there and back again", "9786500000012"),
    KnownBook("Emma", "emma", None),
    KnownBook("Война и мир", "война и мир", None),
    KnownBook("A Wizard of Earthsea", "a wizard of earthsea", None),
]


@pytest.fixture
def rng() -> Random:
    return Random(7)  # noqa: S311 -- repeatable on purpose, nothing secret


def answer(system: str, kind: str, rank: int | None, milliseconds: float = 1.0) -> Answer:
    return Answer(system, Query(kind, "emma", "emma"), rank, rank is not None, False, milliseconds)


def test_punctuation_articles_and_subtitles_are_left_out() -> None:
    assert without_punctuation("Spider-Man: Who's Who?") == "SpiderMan Whos Who"
    assert without_punctuation("Mind & Body") == "Mind Body"
    assert [without_article(title) for title in ("The Stand", "A Room", "an Affair")] == ["Stand", "Room", "Affair"]
    assert [main_title(title) for title in ("Dune: A Novel", "Dune (Part 1)")] == ["Dune", "Dune"]


def test_a_title_that_a_kind_would_not_change_is_not_asked() -> None:
    assert without_punctuation("Emma") is None
    assert without_article("Theatre") is None
    assert main_title("Emma") is None
    assert main_title("(Untitled)") is None


def test_one_word_is_dropped_and_never_the_only_one(rng: Random) -> None:
    assert {with_a_word_dropped("A Brave World", rng) for _ in range(50)} == {"Brave World", "A World", "A Brave"}
    assert with_a_word_dropped("Emma", rng) is None


def test_a_slip_of_the_hand_is_one_edit_at_its_place(rng: Random) -> None:
    assert {neighbour_key("dune", 1, rng) for _ in range(50)} == {"dyne", "dine"}
    assert {neighbour_key("q", 0, rng), neighbour_key("M", 0, rng)} == {"w", "n"}
    assert deletion("dune", 1, rng) == "dne"
    assert {insertion("dune", 1, rng)[2:] for _ in range(50)} == {"une"}
    assert transposition("dune", 1, rng) == "dnue"


@pytest.mark.parametrize(("text", "place", "typed"), [("dune", 3, "dun"), ("emma", 1, "ema"), ("do it", 1, "d it")])
def test_letters_that_cannot_be_swapped_are_left_out(rng: Random, text: str, place: int, typed: str) -> None:
    assert transposition(text, place, rng) == typed


def test_first_letters_are_spared_unless_they_are_asked_for(rng: Random) -> None:
    spared = [misspelt("Dune Road", 2, rng) or "D R" for _ in range(300)]
    assert {tuple(word[0] for word in text.split()) for text in spared} == {("D", "R")}
    hit = [misspelt("Dune Road", 1, rng, first_letters=True) or "" for _ in range(300)]
    assert any(not text.startswith("D") for text in hit)
    assert any(" R" not in text for text in hit)


def test_a_misspelt_title_differs_and_by_no_more_letters_than_slips(rng: Random) -> None:
    for slips in (1, 2):
        typed = {text for _ in range(300) if (text := misspelt("Dune", slips, rng))}
        assert "Dune" not in typed
        assert {len(text) for text in typed} == set(range(4 - slips, 4 + slips + 1))


def test_titles_without_letters_of_the_keyboard_are_not_misspelt(rng: Random) -> None:
    assert misspelt("Война и мир", 1, rng, first_letters=True) is None
    assert misspelt("1984", 1, rng) is None


def test_every_kind_is_asked_of_the_titles_that_allow_it() -> None:
    asked = {kind: {query.truth for query in make_queries(BOOKS, 9, 7) if query.kind == kind} for kind in KINDS}
    every = {book.search_title for book in BOOKS}
    assert asked["exact"] == asked["lower"] == every
    assert asked["no punctuation"] == asked["subtitle"] == asked["isbn"] == {"the hobbit there and back again"}
    assert asked["no article"] == {"the hobbit there and back again", "a wizard of earthsea"}
    assert asked["dropped word"] == every - {"emma"}
    assert asked["typo1"] == asked["typo1_first"] == every - {"война и мир"}


def test_queries_are_drawn_by_the_seed_alone_and_as_many_as_wanted() -> None:
    first = make_queries(BOOKS, 2, 7)
    assert first == make_queries(BOOKS, 2, 7)
    assert first != make_queries(BOOKS, 2, 8)
    assert sum(query.kind == "exact" for query in first) == 2


def test_an_answer_is_right_where_any_edition_bears_the_title() -> None:
    system = System("fixed", lambda _: [3, 1, 2])
    bearers = {1: frozenset({"emma", "emma a novel"}), 2: frozenset({"emma"}), 3: frozenset({"dune"})}
    assert answer_of(system, Query("exact", "Emma", "emma"), bearers).rank == 2
    assert answer_of(system, Query("exact", "Emma", "emma"), bearers).is_namesake is False
    assert answer_of(system, Query("typo1", "Dune", "june", "dune"), bearers).is_namesake is True
    wrong = answer_of(system, Query("exact", "Ulysses", "ulysses"), bearers)
    assert (wrong.rank, wrong.has_found) == (None, True)


def test_a_score_counts_first_places_ranks_and_empty_answers() -> None:
    result = score([answer("x", "exact", rank, time) for rank, time in ((1, 1.0), (1, 2.0), (4, 3.0), (None, 100.0))])
    assert (result.count, result.success, result.reciprocal_rank, result.nothing_found) == (4, 0.5, 0.5625, 0.25)
    assert (result.p50, result.p95, result.p99) == (2.0, 100.0, 100.0)


def test_a_report_pairs_the_answers_and_shows_where_a_peer_wins() -> None:
    answers = [answer("ours", "exact", 2), answer("peer", "exact", 1, 3.0), answer("ours", "isbn", 1)]
    lines = report(answers, "ours").splitlines()
    assert "| ours | 1 | 0.000 | 0.500 | 0.000 | 1.0 | 1.0 | 1.0 | 1.00x | 0 | 0 |" in lines
    assert "| peer | 1 | 1.000 | 1.000 | 0.000 | 3.0 | 3.0 | 3.0 | 3.00x | 1 | 0 |" in lines
    assert "| exact | 0.000 | 1.000 |" in lines
    assert "| isbn | 1 | 1.000 | 1.000 | 0.000 | 1.0 | 1.0 | 1.0 | 0 | 0 |" in lines
