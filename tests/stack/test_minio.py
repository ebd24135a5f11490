"""The rights of the lake's key, who may read MinIO's files, and what is asked before it is built. No server starts."""

import subprocess
from pathlib import Path

import pytest

from elt_pipeline.settings import ROOT
from stack.errors import StackFailed
from stack.go_programs import MINIO, VERSITYGW, GoProgram, go_version
from stack.minio import policy


def test_the_key_may_change_objects_of_the_three_layers_alone() -> None:
    listing, objects = policy("lakehouse")["Statement"]
    assert listing["Resource"] == ["arn:aws:s3:::lakehouse"]
    assert [action for action in listing["Action"] if "List" not in action and "Location" not in action] == []
    assert objects["Resource"] == [f"arn:aws:s3:::lakehouse/{layer}/*" for layer in ("bronze", "silver", "gold")]
    assert "s3:*" not in objects["Action"]


def test_nobody_else_enters_the_folder_in_which_minio_keeps_the_keys_password(tmp_path: Path) -> None:
    data = tmp_path / "data" / "minio"
    data.mkdir(parents=True)
    data.chmod(0o755)  # As an earlier start may have made it.
    told = {"BOOKLAKE_STACK": str(tmp_path), "MINIO_BINARY": "true", "MINIO_PORT": "1", "MINIO_CONSOLE_PORT": "2"}
    subprocess.run([str(ROOT / "stack" / "start" / "minio.sh")], env=told | {"PATH": "/usr/bin:/bin"}, check=True)
    assert data.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("program", [MINIO, VERSITYGW], ids=lambda program: program.name)
def test_source_that_differs_in_one_sum_is_not_built(program: GoProgram) -> None:
    program.check_sums(program.sums)
    for name in ("Sum", "GoModSum"):
        with pytest.raises(StackFailed, match=f"its {name} differs"):
            program.check_sums({**program.sums, name: "h1:other"})


@pytest.mark.parametrize(
    ("said", "version"),
    [("go version go1.26.8 linux/amd64", (1, 26, 8)), ("go version go1.19 linux/arm64", (1, 19)), ("what?", (0,))],
)
def test_the_version_of_go_is_read_from_what_it_says(said: str, version: tuple[int, ...]) -> None:
    assert go_version(said) == version
