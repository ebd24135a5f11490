"""Real books, of another kind than generated ones, through Sail and through the cluster: the same rows."""

from pathlib import Path

import pytest

from tests.support.real_stack import NEAR, RealStack

pytestmark = pytest.mark.stack


def test_every_table_of_the_real_books_has_the_same_content_on_sail_and_on_the_cluster(
    real_data: Path, real_stack: RealStack
) -> None:
    for arguments in (["load", str(real_data), "--replace"], ["refresh", "--accept", "gold"]):
        done = real_stack.booklake(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    on_spark, on_sail = real_stack.hashes(), real_stack.hashes_on_sail(real_data)
    assert {table for table in on_sail.keys() | on_spark.keys() if on_sail.get(table) != on_spark.get(table)} <= NEAR
