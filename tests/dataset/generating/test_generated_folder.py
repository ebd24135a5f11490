"""A generated folder appears whole or not at all, and is not written again where it is right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dataset.generating.generated_folder import write_folder


class ShopOnFire(Exception):
    """Stops a generator half-way."""


def on_fire(folder: Path) -> None:
    (folder / "a.csv").write_bytes(b"half a fi")
    raise ShopOnFire


def writing(**files: bytes) -> Callable[[Path], None]:
    """A function that writes files by their names without suffix."""

    def write(folder: Path) -> None:
        for name, content in files.items():
            (folder / f"{name}.csv").write_bytes(content)

    return write


def test_the_files_and_nothing_else_are_written(tmp_path: Path) -> None:
    write_folder(tmp_path / "new" / "data", "1", writing(a=b"Id\n", b=b""))
    assert sorted(path.name for path in (tmp_path / "new" / "data").iterdir()) == ["a.csv", "b.csv", "generated.json"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["data"]


def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ShopOnFire):
        write_folder(tmp_path / "data", "1", on_fire)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_renewal_leaves_the_old_folder(tmp_path: Path) -> None:
    write_folder(tmp_path / "data", "1", writing(a=b"old"))
    with pytest.raises(ShopOnFire):
        write_folder(tmp_path / "data", "2", on_fire)
    assert (tmp_path / "data" / "a.csv").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_an_equal_folder_is_used_again(tmp_path: Path) -> None:
    write_folder(tmp_path / "data", "1", writing(a=b"Id\n"))
    write_folder(tmp_path / "data", "1", on_fire)
    assert (tmp_path / "data" / "a.csv").read_bytes() == b"Id\n"


@pytest.mark.parametrize("damage", ["changed", "added", "missing", "broken_fingerprint"])
def test_a_damaged_folder_is_written_anew(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "data"
    write_folder(folder, "1", writing(a=b"Id\n", b=b"Id\n"))
    if damage == "missing":
        (folder / "a.csv").unlink()
    else:
        name = {"changed": "a.csv", "added": "book9.csv", "broken_fingerprint": "generated.json"}[damage]
        (folder / name).write_bytes(b"{")
    write_folder(folder, "1", writing(a=b"Id\n", b=b"Id\n"))
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "b.csv", "generated.json"]
    assert (folder / "a.csv").read_bytes() == b"Id\n"


def test_a_folder_with_something_else_in_it_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.txt").write_text("precious")
    with pytest.raises(FileExistsError, match="not a generated dataset"):
        write_folder(tmp_path / "data", "1", writing(a=b""))
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["mine.txt"]
