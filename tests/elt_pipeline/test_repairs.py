"""What is provable is repaired, and nothing wrongly: the small generated dataset against its answer key."""

from benchmarks.repairs import measured
from elt_pipeline.session import lake_of
from tests.support.booklake import Booklake


def test_what_is_provable_is_repaired_and_nothing_wrongly(booklake: Booklake) -> None:
    found = measured(lake_of(booklake.settings), booklake.dataset / "answer_key.json")
    assert {repairs.column: repairs.wrong for repairs in found if repairs.wrong} == {}
    assert {repairs.column: repairs.share for repairs in found if repairs.share < 0.995} == {}
    assert all(repairs.provable > 100 for repairs in found)
