"""Which changes of a table are told, which hold publication back, and that clean variations are no alarm."""

from random import Random

import pytest

from elt_pipeline.transforms.baselines import Change, changes, is_accepted

TABLE = "gold.works"
ROWS, ISBN, SERIES = "gold.works.row_count", "gold.works.isbn13.null_share", "gold.works.series_name.null_share"
BEFORE = {ROWS: 10_000.0, ISBN: 0.02, SERIES: 0.6}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param({ROWS: 8_000.0}, [(ROWS, True)], id="a fifth of the rows is gone"),
        pytest.param({ROWS: 8_001.0}, [(ROWS, False)], id="almost a fifth is gone"),
        pytest.param({ROWS: 9_500.0}, [(ROWS, False)], id="a twentieth is gone"),
        pytest.param({ROWS: 9_501.0}, [], id="almost a twentieth is gone"),
        pytest.param({ROWS: 0.0, ISBN: 0.0, SERIES: 0.0}, [(ROWS, True)], id="everything is gone"),
        pytest.param({ISBN: 0.12}, [(ISBN, True)], id="ten points more nulls"),
        pytest.param({ISBN: 0.119}, [(ISBN, False)], id="almost ten points more nulls"),
        pytest.param({ISBN: 0.0699}, [], id="almost five points more nulls"),
        pytest.param({SERIES: 1.0}, [(SERIES, True)], id="a column is all null"),
        pytest.param({ROWS: 7_000.0, ISBN: 0.5}, [(ROWS, True), (ISBN, True)], id="both at once"),
        pytest.param({ROWS: 40_000.0, ISBN: 0.0}, [], id="more rows and fewer nulls"),
        pytest.param({"gold.works.shelf.null_share": 1.0}, [], id="a column that is new"),
        pytest.param({"gold.works_more.row_count": 0.0}, [], id="a table with a longer name"),
    ],
)
def test_a_change_for_the_worse_is_told_or_holds_back(now: dict[str, float], expected: list[tuple[str, bool]]) -> None:
    found = changes(BEFORE, BEFORE | now, TABLE)
    assert [(change.measure, change.holds_back) for change in found] == expected


def test_a_dataset_without_baseline_has_no_change() -> None:
    assert changes({}, BEFORE, TABLE) == []
    assert changes({"gold.editions.row_count": 5.0}, BEFORE, TABLE) == []


@pytest.mark.parametrize(("rows", "holds_back"), [(99.0, False), (100.0, True)])
def test_a_few_rows_of_a_small_table_are_told_and_do_not_hold_back(rows: float, holds_back: bool) -> None:
    before = {ROWS: rows, ISBN: 0.0}
    fewer = changes(before, {ROWS: rows / 2, ISBN: 0.5}, TABLE)
    assert [change.holds_back for change in fewer] == [holds_back, holds_back]
    assert [change.holds_back for change in changes(before, {ROWS: 0.0, ISBN: 0.0}, TABLE)] == [True]


def test_every_seeded_fault_is_caught(rng: Random) -> None:
    for _ in range(1_000):
        rows, share = rng.randint(100, 2_000_000), rng.uniform(0, 0.89)
        before = {ROWS: float(rows), ISBN: share}
        lost = changes(before, {ROWS: float(int(rows * rng.uniform(0, 0.8))), ISBN: share}, TABLE)
        assert [change.holds_back for change in lost] == [True]
        nulls = changes(before, {ROWS: float(rows), ISBN: share + rng.uniform(0.1001, 1 - share)}, TABLE)
        assert [change.holds_back for change in nulls] == [True]


def test_a_hundred_clean_variations_raise_no_alarm(rng: Random) -> None:
    for _ in range(100):
        rows = rng.randint(1_000, 2_000_000)
        before = {ROWS: float(rows), ISBN: rng.uniform(0, 1), SERIES: rng.uniform(0, 1)}
        noise = {name: min(1.0, max(0.0, before[name] + rng.gauss(0, 0.01))) for name in (ISBN, SERIES)}
        assert changes(before, noise | {ROWS: float(round(rows * rng.uniform(0.97, 1.3)))}, TABLE) == []


def test_a_change_is_accepted_by_its_own_its_columns_or_its_tables_name() -> None:
    assert all(is_accepted(ISBN, [name]) for name in (ISBN, "gold.works.isbn13", "gold.works", "gold"))
    assert not any(is_accepted(ISBN, [name]) for name in (ROWS, "gold.work", "gold.works.isbn", ""))


def test_a_change_is_told_with_its_numbers() -> None:
    assert Change(ROWS, 10_000, 7_500, True).sentence == "gold.works.row_count fell from 10,000 to 7,500, by 25.0%"
    assert Change(ISBN, 0.02, 0.5, True).sentence == "gold.works.isbn13.null_share grew from 2.0% to 50.0%"
