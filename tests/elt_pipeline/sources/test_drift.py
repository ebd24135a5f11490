"""What a source table may have, and what is refused, by names and types alone."""

import pytest

from elt_pipeline.contracts import source
from elt_pipeline.contracts.table import ContractViolation
from elt_pipeline.sources.drift import MatchedColumn, find_table, match_columns

RATING = {"UserId": "TEXT", "BookId": "TEXT", "Rating": "VARCHAR(9)"}


def test_columns_come_in_the_formats_order_under_its_names_and_new_ones_last() -> None:
    found = match_columns(source.RATING, {"Shelf": "INTEGER", "RATING": "TEXT", "userid": "TEXT", "BookId": "longtext"})
    assert found == [
        MatchedColumn("userid", "TEXT", "UserId"),
        MatchedColumn("BookId", "LONGTEXT", "BookId"),
        MatchedColumn("RATING", "TEXT", "Rating"),
        MatchedColumn("Shelf", "INTEGER", "Shelf", is_new=True),
    ]


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ContractViolation, match=r"missing column `UserId`; column `Rating` is INTEGER, not text"):
        match_columns(source.RATING, {"BookId": "TEXT", "Rating": "INTEGER"})


@pytest.mark.parametrize("name", ["_ingested_at", "_Source_File", "_PUBLISH_PARTITION"])
def test_a_new_column_named_like_one_of_ours_is_refused(name: str) -> None:
    with pytest.raises(ContractViolation, match=f"column `{name}` has a name that bronze keeps for itself"):
        match_columns(source.RATING, {**RATING, name: "TEXT"})


def test_a_table_is_found_in_any_case_and_best_in_its_own() -> None:
    assert find_table("rating", ["Rating", "book"]) == "Rating"
    assert find_table("rating", ["RATING", "rating"]) == "rating"
    assert find_table("rating", ["ratings"]) is None
