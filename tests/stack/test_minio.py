"""The rights of the lake's key, and what is asked before MinIO is built. No server starts, nothing is fetched."""

import pytest

from stack.errors import StackFailed
from stack.minio import policy
from stack.minio_build import SUMS, check_sums, go_version


def test_the_key_may_change_objects_of_the_three_layers_alone() -> None:
    listing, objects = policy("lakehouse")["Statement"]
    assert listing["Resource"] == ["arn:aws:s3:::lakehouse"]
    assert [action for action in listing["Action"] if "List" not in action and "Location" not in action] == []
    assert objects["Resource"] == [f"arn:aws:s3:::lakehouse/{layer}/*" for layer in ("bronze", "silver", "gold")]
    assert "s3:*" not in objects["Action"]


def test_source_that_differs_in_one_sum_is_not_built() -> None:
    check_sums(SUMS)
    for name in SUMS:
        with pytest.raises(StackFailed, match=f"its {name} differs"):
            check_sums(SUMS | {name: "h1:other"})


@pytest.mark.parametrize(
    ("said", "version"),
    [("go version go1.26.8 linux/amd64", (1, 26, 8)), ("go version go1.19 linux/arm64", (1, 19)), ("what?", (0,))],
)
def test_the_version_of_go_is_read_from_what_it_says(said: str, version: tuple[int, ...]) -> None:
    assert go_version(said) == version
