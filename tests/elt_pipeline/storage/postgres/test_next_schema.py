"""A next schema counts once it is finished, and only for its fingerprint."""

from elt_pipeline.storage.postgres.next_schema import finish_next, is_loaded, start_next
from elt_pipeline.storage.postgres.warehouse import Warehouse


def test_a_next_schema_is_loaded_once_it_is_finished(empty_warehouse: Warehouse) -> None:
    start_next(empty_warehouse, "gold")
    assert not is_loaded(empty_warehouse, "gold_next", "one")
    finish_next(empty_warehouse, "gold", "one", "run")
    assert is_loaded(empty_warehouse, "gold_next", "one")
    assert not is_loaded(empty_warehouse, "gold_next", "two")
    assert not is_loaded(empty_warehouse, "gold", "one")


def test_starting_anew_forgets_what_was_there(empty_warehouse: Warehouse) -> None:
    start_next(empty_warehouse, "gold")
    with empty_warehouse.connect("loader") as connection:
        connection.execute("create table gold_next.half (a int)")
    finish_next(empty_warehouse, "gold", "one", "run")
    start_next(empty_warehouse, "gold")
    assert not is_loaded(empty_warehouse, "gold_next", "one")
    with empty_warehouse.connect("owner") as connection:
        assert connection.execute("select to_regclass('gold_next.half')").fetchone() == (None,)


def test_a_schema_dropped_by_hand_is_not_loaded(empty_warehouse: Warehouse) -> None:
    start_next(empty_warehouse, "recommendations")
    finish_next(empty_warehouse, "recommendations", "one", "run")
    with empty_warehouse.connect("owner") as connection:
        connection.execute("drop schema recommendations_next")
    assert not is_loaded(empty_warehouse, "recommendations_next", "one")
