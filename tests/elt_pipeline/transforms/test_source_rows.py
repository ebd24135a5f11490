import json
from collections.abc import Callable
from typing import Any

import pytest

from elt_pipeline.contracts import bronze, source
from elt_pipeline.transforms.source_rows import joined_key, record_of


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        pytest.param(("2", "1"), "2/1", id="both"),
        pytest.param((None, "1"), "/1", id="no reader"),
        pytest.param((None, None), "/", id="neither"),
    ],
)
def test_a_key_keeps_the_place_of_each_part(value_of: Callable[..., Any], parts: tuple[str | None, ...], key: str) -> None:
    assert value_of(joined_key, *parts) == key


def test_a_record_keeps_the_row_as_it_came(make: Any) -> None:
    row = {"UserId": " 2", "BookId": None, "Rating": "=5", "_source_file": "rating.csv", "_source_line": 3}
    (recorded,) = make(bronze.RATINGS, [row]).select(*record_of(source.RATING, "UserId", "BookId")).collect()
    assert (recorded["source_table"], recorded["source_key"]) == ("rating", " 2/")
    assert json.loads(recorded["source_row"]) == {"UserId": " 2", "Rating": "=5"}
    assert (recorded["_source_file"], recorded["_source_line"]) == ("rating.csv", 3)
