from collections.abc import Callable
from typing import Any

import pytest

from elt_pipeline.transforms.stated_titles import stated_title


@pytest.mark.parametrize(
    ("description", "title"),
    [
        pytest.param("A swindler hunts for diamonds. Original title: Двенадцать стульев.", "Двенадцать стульев", id="at the end"),
        pytest.param("Original title: Il nome della rosa. A monk looks for a book.", "Il nome della rosa", id="in front"),
        pytest.param("ORIGINAL TITLE - Die Verwandlung", "Die Verwandlung", id="capitals and a dash"),
        pytest.param("Titre original : L'Étranger\nTraduit par un autre.", "L'Étranger", id="French, on a line of its own"),
        pytest.param('Originally published as "Cien años de soledad," it is long.', "Cien años de soledad", id="in quotes"),
        pytest.param("Originally published in Spanish as “Rayuela”; translated here.", "Rayuela", id="language named"),
        pytest.param("Título original: «Ficciones».", "Ficciones", id="angled quotes"),
        pytest.param('Original title: "Childhood\'s End".', "Childhood's End", id="an apostrophe within quotes"),
        pytest.param(
            "Original title: “L\u2019Étranger”, of 1942.", "L\u2019Étranger", id="a curly apostrophe within curly quotes"
        ),
        pytest.param("Originally published as „Der Prozeß“.", "Der Prozeß", id="German quotes"),
        pytest.param("Originally published as part of the collection Night Shift.", None, id="part of another"),
        pytest.param("Originally published as a serial in 1853.", None, id="a serial"),
        pytest.param("Original title: A Pale View of Hills.", "A Pale View of Hills", id="an article"),
        pytest.param("The original title was never found.", None, id="spoken of"),
        pytest.param("Original title: " + "long " * 40, None, id="too long for a title"),
        pytest.param("Original title:", None, id="nothing stated"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="null"),
    ],
)
def test_a_stated_title_is_what_stands_between_label_and_end(
    value_of: Callable[..., Any], description: str | None, title: str | None
) -> None:
    assert value_of(stated_title, description) == title
