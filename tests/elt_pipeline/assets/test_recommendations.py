"""The tests of dbt are checks of the run: one that fails is seen there, and what people read stays."""

from elt_pipeline.assets.marts import MARTS, TESTS, generic_test_name
from elt_pipeline.runs import refresh
from tests.support.booklake import Booklake

PUBLISHED = "select count(*), sum(work_id) from recommendations.books"
RESULT = "select passed, severity from ops.check_results where run_id = %s and check_name = %s"
FOUND = "the_most_rated_books_are_found_by_their_titles"


def test_every_test_of_dbt_is_a_check_of_its_mart(booklake: Booklake) -> None:
    checks = booklake.ask("select distinct asset, check_name from ops.check_results where asset like 'recommendations.%%'")
    assert set(checks) == {(f"recommendations.{mart}", name) for name, mart in TESTS.items()}
    assert set(TESTS.values()) <= MARTS.keys()


def test_a_test_without_a_name_is_called_as_dbt_calls_it() -> None:
    arguments = {"to": "source('gold', 'works')", "field": "work_id", "column_name": "work_id"}
    assert generic_test_name("relationships", "books", arguments) == "relationships_books_work_id__work_id__source_gold_works_"
    assert generic_test_name("is_key", "a", {"columns": ["one", "two"]}) == "is_key_a_one__two"


def test_a_failing_test_of_dbt_fails_the_run_and_what_people_read_stays(changing: Booklake) -> None:
    before = changing.ask(PUBLISHED)
    # More books of one title than a page of answers holds.
    changing.change_source("update book set Name = 'The Same'")
    failed = refresh(changing.settings, ["gold"])
    assert any(failure.startswith(f"recommendations.books, check {FOUND}:") for failure in failed.failures)
    assert changing.ask(RESULT, failed.run_id, FOUND) == [(False, "ERROR")]
    assert changing.ask(RESULT, failed.run_id, "unique_books_work_id") == [(True, "ERROR")]
    assert "warehouse.publication" not in changing.outcomes(failed.run_id)
    assert changing.ask(PUBLISHED) == before
