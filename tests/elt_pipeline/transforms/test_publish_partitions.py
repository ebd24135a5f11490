"""The partition of a raw book: its publish year as a fixed key."""

import polars as pl
import pytest

from elt_pipeline.contracts.bronze import PUBLISH_PARTITIONS
from elt_pipeline.transforms.publish_partitions import with_publish_partition


@pytest.mark.parametrize(
    ("year", "partition"),
    [
        ("1997", "1997"),
        (" 1975 ", "1975"),
        ("2030", "2030"),
        ("1974", "before_1975"),
        ("-500", "before_1975"),
        pytest.param("2031", "unknown", id="after the last partition"),
        pytest.param("20166", "unknown", id="a slip of the pen"),
        pytest.param("", "unknown", id="empty"),
        pytest.param(None, "unknown", id="null"),
        pytest.param("1997.0", "unknown", id="no whole number"),
    ],
)
def test_a_year_has_its_partition(year: str | None, partition: str) -> None:
    found = with_publish_partition(pl.LazyFrame({"PublishYear": [year]}, schema={"PublishYear": pl.String})).collect()
    assert found["_publish_partition"].to_list() == [partition]
    assert partition in PUBLISH_PARTITIONS
