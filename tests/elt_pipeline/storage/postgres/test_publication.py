"""Readers see all of the old or all of the new; what fails or is not finished leaves the old as it was."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from random import Random

import psycopg
import pytest

from elt_pipeline.storage.postgres.next_schema import finish_next, is_loaded, start_next
from elt_pipeline.storage.postgres.publication import PublicationFailed, publish
from elt_pipeline.storage.postgres.warehouse import Connection, Role, Warehouse

JOINED = """
select editions.version, works.version, books.version from gold.works
join gold.editions using (work_id) join recommendations.books using (work_id)
"""
ONE_BY_ONE = [f"select version from {table}" for table in ("gold.works", "gold.editions", "recommendations.books")]
PUBLICATIONS, READERS = 20, 8


def build(warehouse: Warehouse, version: int) -> None:
    build_gold(warehouse, version)
    build_recommendations(warehouse, version)


def build_gold(warehouse: Warehouse, version: int, work_of_edition: dict[int, int] | None = None) -> None:
    start_next(warehouse, "gold")
    with warehouse.connect("loader") as connection:
        for table in ("works", "editions"):
            connection.execute(f"create table gold_next.{table} (edition_id bigint, work_id bigint, version int)".encode())
            rows = [(edition, work, version) for edition, work in (work_of_edition or {1: 1}).items()]
            connection.cursor().executemany(f"insert into gold_next.{table} values (%s, %s, %s)".encode(), rows)
    finish_next(warehouse, "gold", f"gold {version}", f"run {version}")


def build_recommendations(warehouse: Warehouse, version: int) -> None:
    start_next(warehouse, "recommendations")
    with warehouse.connect("dbt") as connection:
        connection.execute(
            f"create table recommendations_next.books as select 1::bigint as work_id, {version} as version".encode()
        )
        connection.execute(
            "create function recommendations_next.versions() returns setof int language sql stable"
            " begin atomic select version from recommendations_next.books; end"
        )
    finish_next(warehouse, "recommendations", f"recommendations {version}", f"run {version}")


def version(warehouse: Warehouse) -> tuple[object, ...] | None:
    with warehouse.connect("reader") as connection:
        return connection.execute(JOINED).fetchone()


def redirects(warehouse: Warehouse) -> dict[int, int]:
    with warehouse.connect("app") as connection:
        return dict(connection.execute("select work_id, into_work_id from ops.work_redirects").fetchall())


@contextmanager
def asking(warehouse: Warehouse, count: int, role: Role, *questions: str) -> Iterator[list[tuple[object, ...]]]:
    """Ask in many threads until the end, the questions in one transaction; gives the answers, raises what a thread raised."""
    done, answers = threading.Event(), list[tuple[object, ...]]()

    def ask() -> None:
        with warehouse.connect(role) as connection:
            while not done.is_set():
                with connection.transaction():
                    rows = [connection.execute(question.encode()).fetchone() for question in questions]
                answers.append(tuple(value for row in rows for value in row or (None,)))
                done.wait(0.002)  # Else the questions take the machine from the publications.

    with ThreadPoolExecutor(count) as pool:
        asked = [pool.submit(ask) for _ in range(count)]
        try:
            yield answers
        finally:
            done.set()
    for thread in asked:
        thread.result()


def test_both_schemas_replace_the_old_with_rights_and_fingerprints(empty_warehouse: Warehouse) -> None:
    told: list[str] = []
    for number in (1, 2):
        build(empty_warehouse, number)
        assert publish(empty_warehouse, f"run {number}", told.append).schemas == ("gold", "recommendations")
        assert version(empty_warehouse) == (number, number, number)
    with empty_warehouse.connect("app") as connection:
        assert connection.execute("select * from recommendations.versions()").fetchall() == [(2,)]
    assert is_loaded(empty_warehouse, "gold", "gold 2")
    assert not is_loaded(empty_warehouse, "gold_next", "gold 2")
    with empty_warehouse.connect("owner") as connection:
        left = connection.execute(
            "select nspname from pg_namespace where nspname like '%\\_old' or nspname like '%\\_next'"
        ).fetchall()
    assert left == []
    assert len(told) == 2


def test_readers_never_see_an_error_or_a_mix(empty_warehouse: Warehouse) -> None:
    build(empty_warehouse, 0)
    publish(empty_warehouse, "run", print)
    with empty_warehouse.connect("owner") as connection:
        connection.execute(f"create view analytics.joined (a, b, c) as {JOINED}".encode())
        connection.execute("create view analytics.twice as select a, b, c from analytics.joined")
    with (
        asking(empty_warehouse, READERS - 4, "reader", JOINED) as joined,
        asking(empty_warehouse, 2, "reader", "select * from analytics.twice") as viewed,
        asking(empty_warehouse, 2, "reader", *ONE_BY_ONE) as one_by_one,
        asking(empty_warehouse, 2, "app", "select * from recommendations.versions()") as versions,
    ):
        for number in range(1, PUBLICATIONS + 1):
            build(empty_warehouse, number)
            publish(empty_warehouse, "run", print)
    assert [answer for answer in joined + viewed + one_by_one + versions if None in answer or len(set(answer)) != 1] == []
    assert {version for version, *_ in joined} == set(range(PUBLICATIONS + 1))
    assert {version for version, *_ in viewed} == set(range(PUBLICATIONS + 1))


def test_a_transaction_that_knows_an_old_function_still_gets_its_answer(empty_warehouse: Warehouse) -> None:
    build(empty_warehouse, 1)
    publish(empty_warehouse, "run", print)
    build(empty_warehouse, 2)
    with empty_warehouse.connect("reader") as reader, reader.transaction():
        reader.execute("prepare question as select * from recommendations.versions()")
        publish(empty_warehouse, "run", print)
        assert reader.execute("execute question").fetchall() == [(1,)]
    with empty_warehouse.connect("reader") as reader:
        assert reader.execute("select * from recommendations.versions()").fetchall() == [(2,)]


def test_a_publication_killed_at_any_moment_has_happened_or_has_not(empty_warehouse: Warehouse, rng: Random) -> None:
    build(empty_warehouse, 0)
    publish(empty_warehouse, "run", print)
    context = get_context("forkserver")
    context.set_forkserver_preload(["elt_pipeline.storage.postgres.publication"])
    seen = []
    for number in range(1, 7):
        build(empty_warehouse, number)
        process = context.Process(target=publish, args=(empty_warehouse, "run", print))
        process.start()
        process.join(timeout=rng.uniform(0.05, 0.2))
        process.kill()
        process.join()
        seen.append(version(empty_warehouse))
        publish(empty_warehouse, "run", print)
        assert version(empty_warehouse) == (number, number, number)
    assert all(found in {(number, number, number), (number - 1,) * 3} for number, found in enumerate(seen, start=1))


@pytest.mark.parametrize(("finished", "kept"), [("gold", "recommendations"), ("recommendations", "gold")])
def test_a_schema_that_is_not_finished_is_not_published(empty_warehouse: Warehouse, finished: str, kept: str) -> None:
    build(empty_warehouse, 1)
    publish(empty_warehouse, "run", print)
    build(empty_warehouse, 2)
    with empty_warehouse.connect("owner") as connection:
        connection.execute("delete from ops.fingerprints where schema_name = %s", (f"{kept}_next",))
    assert publish(empty_warehouse, "run", print).schemas == (finished,)
    assert version(empty_warehouse) == ((2, 2, 1) if finished == "gold" else (1, 1, 2))
    assert publish(empty_warehouse, "run", print).schemas == ()


def break_the_fingerprints(connection: Connection) -> None:
    connection.execute("alter table ops.fingerprints add constraint planted check (schema_name <> 'recommendations') not valid")


def read_gold_from_outside(connection: Connection) -> None:
    connection.execute("create view public.planted as select version from gold.works")


@pytest.mark.parametrize(
    ("plant", "reason"),
    [
        (break_the_fingerprints, r'nothing was changed: .*violates check constraint "planted"'),
        (read_gold_from_outside, r"public.planted would be lost with the old gold and recommendations, nothing was changed"),
    ],
)
def test_a_failing_step_leaves_everything_as_it_was(
    empty_warehouse: Warehouse, plant: Callable[[Connection], None], reason: str
) -> None:
    build(empty_warehouse, 1)
    publish(empty_warehouse, "run", print)
    build(empty_warehouse, 2)
    with empty_warehouse.connect("owner") as connection:
        plant(connection)
    with pytest.raises(PublicationFailed, match=reason):
        publish(empty_warehouse, "run", print)
    assert version(empty_warehouse) == (1, 1, 1)
    assert is_loaded(empty_warehouse, "gold", "gold 1")
    assert is_loaded(empty_warehouse, "gold_next", "gold 2")


def test_a_reader_that_does_not_let_go_is_named_and_nothing_changes(empty_warehouse: Warehouse) -> None:
    build(empty_warehouse, 1)
    publish(empty_warehouse, "run", print)
    build(empty_warehouse, 2)
    with empty_warehouse.connect("reader", "a long report") as reader, reader.transaction():
        reader.execute(JOINED)
        with pytest.raises(
            PublicationFailed, match=r"for too long \(process \d+, a long report, since .* UTC\), nothing was changed"
        ):
            publish(empty_warehouse, "run", print, give_up_seconds=0.3)
        assert reader.execute(JOINED).fetchone() == (1, 1, 1)
    publish(empty_warehouse, "run", print)
    assert version(empty_warehouse) == (2, 2, 2)


def test_an_old_schema_that_could_not_be_dropped_goes_with_the_next_publication(empty_warehouse: Warehouse) -> None:
    build(empty_warehouse, 1)
    with empty_warehouse.connect("owner") as connection:
        connection.execute("create schema gold_old create table works (work_id bigint)")
    publish(empty_warehouse, "run", print)
    build(empty_warehouse, 2)
    publish(empty_warehouse, "run", print)
    assert version(empty_warehouse) == (2, 2, 2)


def test_a_vanished_work_leads_to_the_work_of_its_smallest_edition(empty_warehouse: Warehouse) -> None:
    steps = [
        ({1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 5, 7: 5, 8: 8, 10: 8, 11: 8}, {}),
        # The edition 5 is gone: its work is where 6 is. The work 8 is torn apart: 10 decides, the smallest that is left.
        ({1: 1, 2: 2, 3: 2, 4: 4, 6: 6, 7: 6, 10: 4, 11: 11}, {3: 2, 5: 6, 8: 4}),
        # Flattened: 3 leads to 1, not to 2, and 5 to 7, not to 6.
        ({1: 1, 2: 1, 3: 1, 4: 4, 7: 7, 11: 11}, {2: 1, 3: 1, 5: 7, 6: 7, 8: 4}),
        # 3 and 5 live again; the edition 4 is gone, so that nothing is known of its work.
        ({1: 1, 2: 1, 3: 3, 5: 5, 7: 7, 11: 7}, {2: 1, 6: 7, 11: 7}),
    ]
    for number, (work_of_edition, expected) in enumerate(steps):
        build_gold(empty_warehouse, number, work_of_edition)
        publish(empty_warehouse, "run", print)
        assert redirects(empty_warehouse) == expected


def test_publishing_without_a_right_to_it_says_so(empty_warehouse: Warehouse) -> None:
    build(empty_warehouse, 1)
    weak = Warehouse(empty_warehouse.url_for("reader"), empty_warehouse.passwords)
    with pytest.raises(PublicationFailed, match=r"nothing was changed: (permission denied|must be owner)") as refusal:
        publish(weak, "run", print)
    assert isinstance(refusal.value.__cause__, psycopg.Error)
