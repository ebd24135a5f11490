"""Views come from files, each by itself: a broken one is told and takes nothing with it."""

from pathlib import Path

import psycopg
import pytest

from elt_pipeline.storage.postgres.analytics_views import VIEWS_DIR, make_views
from elt_pipeline.storage.postgres.warehouse import Warehouse
from tests.support.booklake import Booklake


def write(folder: Path, **bodies: str) -> Path:
    for name, body in bodies.items():
        (folder / f"{name}.sql").write_text(f"-- One row per {name}.\n{body}\n")
    return folder


def ask(warehouse: Warehouse, question: str) -> list[tuple[object, ...]]:
    with warehouse.connect("reader") as connection:
        return connection.execute(question.encode()).fetchall()


def test_a_broken_view_is_told_and_the_others_are_made(empty_warehouse: Warehouse, tmp_path: Path) -> None:
    folder = write(tmp_path, one="select 1 as a", three="select 3 as a", two="select wrong from ops.runs")
    assert make_views(empty_warehouse, "run", folder, anew=False) == [
        'analytics.two could not be made: column "wrong" does not exist. Mend analytics/two.sql.'
    ]
    assert ask(empty_warehouse, "select one.a, three.a from analytics.one, analytics.three") == [(1, 3)]
    assert ask(empty_warehouse, "select obj_description('analytics.one'::regclass)") == [("One row per one.",)]
    # Not on record as made, so that the next run tells it again.
    assert len(make_views(empty_warehouse, "run", folder, anew=False)) == 1


def test_a_view_is_made_again_only_where_its_file_changed_or_that_is_asked(empty_warehouse: Warehouse, tmp_path: Path) -> None:
    folder = write(tmp_path, one="select 1 as a")
    make_views(empty_warehouse, "run", folder, anew=False)
    with empty_warehouse.connect("owner") as owner:
        owner.execute("drop view analytics.one")
    make_views(empty_warehouse, "run", folder, anew=False)
    with pytest.raises(psycopg.errors.UndefinedTable):
        ask(empty_warehouse, "table analytics.one")
    make_views(empty_warehouse, "run", folder, anew=True)
    assert ask(empty_warehouse, "table analytics.one") == [(1,)]
    make_views(empty_warehouse, "run", write(folder, one="select 2 as a"), anew=False)
    assert ask(empty_warehouse, "table analytics.one") == [(2,)]


def test_a_view_whose_columns_are_others_now_is_made_anew(empty_warehouse: Warehouse, tmp_path: Path) -> None:
    make_views(empty_warehouse, "run", write(tmp_path, one="select 1 as a, 2 as b"), anew=False)
    assert make_views(empty_warehouse, "run", write(tmp_path, one="select 'x' as c"), anew=False) == []
    assert ask(empty_warehouse, "table analytics.one") == [("x",)]


def test_a_view_that_somebody_reads_by_another_view_is_kept_and_told(empty_warehouse: Warehouse, tmp_path: Path) -> None:
    make_views(empty_warehouse, "run", write(tmp_path, one="select 1 as a"), anew=False)
    with empty_warehouse.connect("owner") as owner:
        owner.execute("create view analytics.mine as select a from analytics.one")
    (told,) = make_views(empty_warehouse, "run", write(tmp_path, one="select 'x' as c"), anew=False)
    assert "other objects depend on it" in told
    assert ask(empty_warehouse, "table analytics.mine") == [(1,)]


@pytest.mark.parametrize("file", sorted(VIEWS_DIR.glob("*.sql")), ids=lambda file: file.stem)
def test_each_of_our_views_says_its_grain_and_analysts_can_read_it(booklake: Booklake, file: Path) -> None:
    assert file.read_text().startswith("-- One row per ")
    rows = ask(booklake.warehouse, f"select * from analytics.{file.stem} limit 5")
    assert rows
    with pytest.raises(psycopg.errors.InsufficientPrivilege), booklake.warehouse.connect("app") as app:
        app.execute(f"select * from analytics.{file.stem}".encode())


def test_the_works_of_all_decades_are_all_works(booklake: Booklake) -> None:
    ((works,),) = booklake.ask("select count(*) from gold.works")
    for view in ("works_by_decade", "works_by_language"):
        assert ask(booklake.warehouse, f"select sum(work_count) from analytics.{view}") == [(works,)]
    ((ratings,),) = booklake.ask("select count(*) from gold.ratings_by_work")
    assert ask(booklake.warehouse, "select sum(rating_count) from analytics.ratings_by_stars") == [(ratings,)]
