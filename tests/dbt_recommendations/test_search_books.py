"""Whatever people type, the book they mean stands first, or nothing does."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., list[dict[str, Any]]]

SEARCH = "select * from search_books(%s::text, %s::integer)"


def first(ask: Ask, query: str | None) -> dict[str, Any]:
    return ask(SEARCH, [query, 20])[0]


@pytest.mark.parametrize(
    ("query", "work_id", "reason"),
    [
        pytest.param("Ender's Game", 10, "title", id="the title"),
        pytest.param("enders game", 10, "title", id="without its apostrophe"),
        pytest.param("  ENDER\u2019S   GAME! ", 10, "title", id="in capitals, with another apostrophe"),
        pytest.param("Harry Potter and the Half-Blood Prince (Harry Potter, #6)", 4, "title", id="the title with its series"),
        pytest.param("harry potter 5", 5, "title", id="series and number"),
        pytest.param("harry potter", 3, "series", id="a series gives its most rated book"),
        pytest.param("fire and fury", 92, "title start", id="the title up to the colon"),
        pytest.param("cien años de soledad", 30, "title", id="another edition's title"),
        pytest.param("cien anos de soledad", 30, "title", id="without accents"),
        pytest.param("les miserables", 80, "title", id="French without accents"),
        pytest.param("война и мир", 70, "title", id="Cyrillic"),
        pytest.param("こころ", 71, "title", id="Japanese"),
        pytest.param("hobbit", 40, "words", id="without the article"),
        pytest.param("dune herbert", 20, "words", id="title and author"),
        pytest.param("herbert, frank: dune", 20, "words", id="author and title"),
        pytest.param("prejudice and pride", 51, "words", id="another order"),
        pytest.param("solitude years marquez", 30, "words", id="some words"),
        pytest.param("jrr tolkien rings", 42, "words", id="initials together"),
        pytest.param("hary poter", 3, "similar", id="misspelt twice"),
        pytest.param("dnue", 20, "similar", id="two letters swapped"),
        pytest.param("one hunderd yaers of solitude", 30, "similar", id="two words misspelt"),
        pytest.param("harrypotter", 3, "similar", id="two words as one"),
        pytest.param("9780306406157", 20, "isbn", id="ISBN-13"),
        pytest.param("978-0-306-40615-7", 20, "isbn", id="ISBN-13 with hyphens"),
        pytest.param("ISBN 0-306-40615-2", 20, "isbn", id="ISBN-10 with its name"),
        pytest.param("306406152", 20, "isbn", id="ISBN-10 that lost its zero"),
        pytest.param("80442957x", 5, "isbn", id="ISBN-10 with a small x"),
        pytest.param("1984", 91, "title", id="a title of digits"),
        pytest.param("it", 90, "title", id="a title of two letters"),
    ],
)
def test_the_book_that_is_meant_stands_first(ask: Ask, query: str, work_id: int, reason: str) -> None:
    found = first(ask, query)
    assert (found["work_id"], found["match_reason"]) == (work_id, reason)


@pytest.mark.parametrize("query", [None, "", "   ", "?!…", "%", "_", "%%__", "'", "x" * 201, "zzxqqy", "zzxqqy wvvkp", "\\"])
def test_nothing_is_found_for_what_no_book_is_called(ask: Ask, query: str | None) -> None:
    assert ask(SEARCH, [query, 20]) == []


@pytest.mark.parametrize(("query", "work_id"), [("fifty %", 61), ("fifty % off", 61), ("the 100%", 60), ("emma'); --", 50)])
def test_signs_of_sql_are_only_signs(ask: Ask, query: str, work_id: int) -> None:
    assert first(ask, query)["work_id"] == work_id


def test_of_books_with_one_title_the_more_rated_stands_first_and_then_the_smaller_id(ask: Ask) -> None:
    assert [row["work_id"] for row in ask(SEARCH, ["emma", 20])] == [50, 52, 53]


def test_the_edition_that_matched_is_named(ask: Ask) -> None:
    assert first(ask, "cien años de soledad")["matched_edition_id"] == 31
    assert first(ask, "one hundred years of solitude")["matched_edition_id"] == 30
    assert first(ask, "9780804429573")["matched_edition_id"] == 6


def test_a_corrected_question_is_told_on_every_row_and_an_uncorrected_one_on_none(ask: Ask) -> None:
    assert {row["corrected_query"] for row in ask(SEARCH, ["hary poter", 20])} == {"harry potter"}
    assert {row["corrected_query"] for row in ask(SEARCH, ["harry potter", 20])} == {None}
    assert {row["corrected_query"] for row in ask(SEARCH, ["dune herbert", 20])} == {None}


def test_a_title_as_it_stands_is_never_corrected_to_a_better_known_word(ask: Ask) -> None:
    assert [row["corrected_query"] for row in ask(SEARCH, ["it", 1])] == [None]


def test_works_come_once_in_falling_order_of_score(ask: Ask) -> None:
    rows = ask(SEARCH, ["harry potter phoenix", 100])
    assert len({row["work_id"] for row in rows}) == len(rows)
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


@pytest.mark.parametrize(("asked", "given"), [(2, 2), (1, 1), (0, 1), (-7, 1), (None, 3), (2_147_483_647, 3)])
def test_any_count_of_answers_may_be_asked_for(ask: Ask, asked: int | None, given: int) -> None:
    assert len(ask(SEARCH, ["emma", asked])) == given


@pytest.mark.parametrize(
    ("prefix", "work_ids"),
    [
        ("harry p", [3, 5, 4]),
        ("Dun", [20, 21, 22]),
        ("the annot", [41]),
        ("hary potter and", [3, 5, 4]),
        ("", []),
        ("%", []),
        ("zzxqqy", []),
    ],
)
def test_suggestions_begin_with_what_is_typed_the_more_rated_first(ask: Ask, prefix: str, work_ids: list[int]) -> None:
    assert [row["work_id"] for row in ask("select * from suggest(%s)", [prefix])] == work_ids


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Ender's Game", "enders game"),
        ("L\u2019Été — À SUIVRE…", "lete a suivre"),
        ("ﬁne ①", "fine 1"),
        ("Straße\t\n x", "strasse x"),
        ("ДВЕНАДЦАТЬ стульев", "двенадцать стульев"),
        ("E\u0301mile", "emile"),
        (None, ""),
        ("?!", ""),
    ],
)
def test_text_is_compared_without_case_accents_and_punctuation(ask: Ask, text: str | None, normal: str) -> None:
    assert ask("select normalise(%s::text) as normal", [text]) == [{"normal": normal}]


@pytest.mark.parametrize(
    ("first_word", "second_word", "distance"),
    [
        ("dune", "dune", 0),
        ("dune", "june", 1),
        ("dnue", "dune", 1),
        ("hary", "harry", 1),
        ("celmenrine", "clementine", 2),
        ("", "ab", 2),
    ],
)
def test_a_swap_of_neighbours_is_one_edit(ask: Ask, first_word: str, second_word: str, distance: int) -> None:
    assert ask("select edit_distance(%s, %s) as distance", [first_word, second_word]) == [{"distance": distance}]
