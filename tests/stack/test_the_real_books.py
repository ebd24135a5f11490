"""Real books, of another kind than generated ones, through Sail and through the cluster: the same rows."""

from pathlib import Path

import pytest

from tests.support.real_stack import NEAR, RealStack, differing, ended_well

pytestmark = pytest.mark.stack


def test_every_table_of_the_real_books_has_the_same_content_on_sail_and_on_the_cluster(
    real_data: Path, real_stack: RealStack
) -> None:
    ended_well(real_stack.booklake("load", str(real_data), "--replace"))
    ended_well(real_stack.booklake("refresh", "--accept", "gold"))
    assert differing(real_stack.hashes(), real_stack.hashes_on_sail(real_data)) <= NEAR
