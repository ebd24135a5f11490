"""What is loaded is what was sent, value by value; what cannot be loaded is named and not published."""

from datetime import UTC, date, datetime
from decimal import Decimal
from multiprocessing import get_context
from random import Random

import polars as pl
import pytest

from elt_pipeline.contracts import gold
from elt_pipeline.contracts.table import Column, ColumnType, ContractViolation, TableContract, Write
from elt_pipeline.storage.postgres.next_schema import is_loaded
from elt_pipeline.storage.postgres.publication import publish
from elt_pipeline.storage.postgres.warehouse import Warehouse
from elt_pipeline.storage.postgres.warehouse_load import LoadMismatch, LoadRejected, foreign_ids, load_gold

KINDS = TableContract(
    layer="gold",
    name="kinds",
    grain="One row per kind.",
    primary_key=("kind_id",),
    columns=(
        Column("kind_id", ColumnType.LONG, "The key.", nullable=False),
        *(Column(kind.name.lower(), kind, "A value.") for kind in ColumnType),
    ),
    write=Write.OVERWRITE,
)
TEXTS = ["", None, 'say "hi"', "a\nb\r\nc", "\\N", "\\.", "a,b;\t'c'", "é 日本 😀 \u202e", "NULL", " x "]


def one_of_each(texts: list[str | None]) -> pl.LazyFrame:
    count = len(texts)
    values = {
        "kind_id": range(count),
        "string": texts,
        "long": [2**63 - 1, None, -(2**63)] + [0] * (count - 3),
        "integer": [None, -1, 2**31 - 1] + [0] * (count - 3),
        "stars": [Decimal("4.25"), None, Decimal("0.01")] + [Decimal("1.00")] * (count - 3),
        "weight": [1e-300, None, -2.5] + [0.1] * (count - 3),
        "boolean": [True, None, False] + [False] * (count - 3),
        "date": [date(1, 1, 1), None, date(9999, 12, 31)] + [date(2026, 2, 28)] * (count - 3),
        "timestamp": [datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC), None] + [datetime(1969, 1, 1, tzinfo=UTC)] * (count - 2),
    }
    return pl.LazyFrame(values, schema=KINDS.polars_schema)


def ratings(count: int, stars: int) -> pl.LazyFrame:
    rows = {"work_id": range(count), "reader_id": ["rating:1"] * count, "stars": [stars] * count}
    return pl.LazyFrame(rows, schema=gold.RATINGS_BY_WORK.polars_schema)


def test_every_value_arrives_as_it_was_sent(empty_warehouse: Warehouse) -> None:
    told: list[str] = []
    frame = one_of_each(TEXTS)
    shuffled_columns = frame.select(sorted(KINDS.column_names))
    summary = load_gold(empty_warehouse, {KINDS: shuffled_columns}, "one", "run", told.append)
    with empty_warehouse.connect("owner") as connection:
        connection.execute("set timezone = 'UTC'")
        assert connection.execute("select * from gold_next.kinds order by kind_id").fetchall() == frame.collect().rows()
    assert [(table.name, table.row_count) for table in summary.tables] == [("kinds", 10)]
    assert len(told) == 1
    assert is_loaded(empty_warehouse, "gold_next", "one")


def test_many_batches_and_an_empty_table_arrive_whole(empty_warehouse: Warehouse) -> None:
    empty = pl.LazyFrame(schema=gold.WORKS.polars_schema)
    summary = load_gold(empty_warehouse, {gold.RATINGS_BY_WORK: ratings(120_001, 3), gold.WORKS: empty}, "one", "run", print)
    assert [table.row_count for table in summary.tables] == [120_001, 0]
    assert summary.row_count == 120_001
    with empty_warehouse.connect("dbt") as connection:
        assert connection.execute("select count(*), sum(stars) from gold_next.ratings_by_work").fetchone() == (120_001, 360_003)


def test_tables_have_their_key_and_an_index_per_foreign_id(empty_warehouse: Warehouse) -> None:
    load_gold(empty_warehouse, {gold.WORK_AUTHORS: pl.LazyFrame(schema=gold.WORK_AUTHORS.polars_schema)}, "one", "run", print)
    with empty_warehouse.connect("owner") as connection:
        found = connection.execute("select indexdef from pg_indexes where schemaname = 'gold_next' order by indexname").fetchall()
    assert [definition.partition("USING ")[2] for (definition,) in found] == ["btree (author_id)", "btree (work_id, author_id)"]
    assert list(foreign_ids(gold.EDITIONS)) == ["work_id"]


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        pytest.param(one_of_each([*TEXTS, "a\0b"]), r"gold.kinds: column `string` holds the character U\+0000", id="NUL"),
        pytest.param(pl.concat([one_of_each(TEXTS)] * 2), r"gold.kinds: could not create unique index .* duplicated", id="key"),
        pytest.param(
            one_of_each(TEXTS).with_columns(kind_id=pl.lit(None, pl.Int64)),
            r'gold.kinds: null value in column "kind_id"',
            id="null",
        ),
    ],
)
def test_what_postgres_cannot_hold_is_named_and_not_finished(
    empty_warehouse: Warehouse, frame: pl.LazyFrame, reason: str
) -> None:
    with pytest.raises(LoadRejected, match=reason):
        load_gold(empty_warehouse, {KINDS: frame}, "one", "run", print)
    assert not is_loaded(empty_warehouse, "gold_next", "one")
    assert publish(empty_warehouse, "run", print).schemas == ()


def test_a_frame_that_breaks_its_contract_is_refused(empty_warehouse: Warehouse) -> None:
    with pytest.raises(ContractViolation, match=r"gold.kinds: missing column `date`"):
        load_gold(empty_warehouse, {KINDS: one_of_each(TEXTS).drop("date")}, "one", "run", print)


def test_a_row_lost_on_the_way_is_noticed(empty_warehouse: Warehouse) -> None:
    with empty_warehouse.connect("owner") as connection:
        connection.execute(
            "create function public.lose() returns trigger language plpgsql as"
            " $$ begin return case when new.work_id = 7 then null else new end; end $$"
        )
        connection.execute(
            "create function public.plant() returns event_trigger language plpgsql as $$ begin"
            " create trigger losing before insert on gold_next.ratings_by_work for each row execute function lose(); end $$"
        )
        connection.execute(
            "create event trigger planting on ddl_command_end when tag in ('CREATE TABLE') execute function public.plant()"
        )
    with pytest.raises(
        LoadMismatch, match=r"gold.ratings_by_work: counts and sums differ .*`work_id` sent \(10, 45\), arrived \(9, 38\)"
    ):
        load_gold(empty_warehouse, {gold.RATINGS_BY_WORK: ratings(10, 3)}, "one", "run", print)
    assert not is_loaded(empty_warehouse, "gold_next", "one")


def test_a_loader_killed_at_any_moment_leaves_whole_tables_and_the_next_load_works(
    empty_warehouse: Warehouse, rng: Random
) -> None:
    count, killed = 30_000, 0
    context = get_context("forkserver")
    context.set_forkserver_preload(["elt_pipeline.storage.postgres.warehouse_load"])

    def published() -> tuple[object, ...] | None:
        with empty_warehouse.connect("reader") as reader:
            return reader.execute("select count(*), min(stars), max(stars) from gold.ratings_by_work").fetchone()

    load_gold(empty_warehouse, {gold.RATINGS_BY_WORK: ratings(count, 1)}, "0", "run", print)
    publish(empty_warehouse, "run", print)
    current = 1
    for attempt in range(2, 12):
        arguments = (empty_warehouse, {gold.RATINGS_BY_WORK: ratings(count, attempt)}, str(attempt), "run", print)
        process = context.Process(target=load_gold, args=arguments)
        process.start()
        process.join(timeout=rng.uniform(0.05, 0.4))
        process.kill()
        process.join()
        killed += process.exitcode == -9
        if "gold" in publish(empty_warehouse, "run", print).schemas:
            current = attempt
        assert published() == (count, current, current)
    assert killed > 0
    load_gold(empty_warehouse, {gold.RATINGS_BY_WORK: ratings(count, 5)}, "last", "run", print)
    publish(empty_warehouse, "run", print)
    assert published() == (count, 5, 5)
