from collections.abc import Callable
from typing import Any

import pytest
from pyspark.sql import functions as F

from elt_pipeline.transforms.titles import main_title, series_name, series_number


@pytest.mark.parametrize(
    ("source_title", "title", "series", "number"),
    [
        pytest.param("Dune (Dune, #1)", "Dune", "Dune", "1", id="comma and hash"),
        pytest.param("Dark Desires (Immortals After Dark #6)", "Dark Desires", "Immortals After Dark", "6", id="hash"),
        pytest.param("High Heat (Jack Reacher, #17.5)", "High Heat", "Jack Reacher", "17.5", id="half a number"),
        pytest.param("Boxed Set (Harry Potter, #1-5)", "Boxed Set", "Harry Potter", "1-5", id="range"),
        pytest.param("Life With Jeeves (Jeeves, #6  2  & 4)", "Life With Jeeves", "Jeeves", "6 2 & 4", id="several numbers"),
        pytest.param("Reapers (Breakers, Book 4)", "Reapers", "Breakers", "4", id="book"),
        pytest.param(
            "Master and Commander (Aubrey/Maturin Book 1)", "Master and Commander", "Aubrey/Maturin", "1", id="book, no comma"
        ),
        pytest.param("Beware (Lumberjanes, Vol. 1)", "Beware", "Lumberjanes", "1", id="volume"),
        pytest.param("Justine (El cuarteto, 1)", "Justine", "El cuarteto", "1", id="bare number after a comma"),
        pytest.param("Ranma 1/2  Vol. 8 (Ranma ½ (US 2nd), #8)", "Ranma 1/2 Vol. 8", "Ranma ½ (US 2nd)", "8", id="nested"),
        pytest.param("Angels (Alphas, #0.5; Guild Hunter, #3.5)", "Angels", "Alphas", "0.5", id="the first of several series"),
        pytest.param("Whose Body? (Lord Peter, Anew, #1)", "Whose Body?", "Lord Peter, Anew", "1", id="a comma in the series"),
        pytest.param("The Murder (A) (B, #2)", "The Murder (A)", "B", "2", id="only the last parenthesis"),
        pytest.param("Candide (Penguin Classics)", "Candide (Penguin Classics)", None, None, id="no number"),
        pytest.param("Logik (1816)", "Logik (1816)", None, None, id="a year"),
        pytest.param("Guide (Paris, 1920)", "Guide (Paris, 1920)", None, None, id="a year after a comma"),
        pytest.param("(Not) Getting by", "(Not) Getting by", None, None, id="at the front"),
        pytest.param("(Dune, #1)", "(Dune, #1)", None, None, id="nothing would be left"),
        pytest.param("Case-Book (#9)", "Case-Book (#9)", None, None, id="a number without a series"),
        pytest.param("A Storm (Ice, #3: Part 2 of 2)", "A Storm (Ice, #3: Part 2 of 2)", None, None, id="a part of a volume"),
        pytest.param("The Lion  the Witch", "The Lion the Witch", None, None, id="a comma that became two spaces"),
    ],
)
def test_a_title_gives_up_its_series(
    value_of: Callable[..., Any], source_title: str, title: str, series: str | None, number: str | None
) -> None:
    parts = value_of(lambda text: F.array(main_title(text), series_name(text), series_number(text)), source_title)
    assert parts == [title, series, number]


def test_a_main_title_gives_up_nothing_more(value_of: Callable[..., Any]) -> None:
    assert value_of(lambda text: main_title(main_title(text)), "Dune  (Dune, #1)") == "Dune"
