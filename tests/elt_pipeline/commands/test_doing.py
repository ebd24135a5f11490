"""The commands that change something, as far as they need no Booklake."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dataset.generating.generator import BOOK_COUNTS, READER_COUNTS
from elt_pipeline.cli import main
from elt_pipeline.commands.doing import BOOK_COUNT, READER_COUNT


def test_generate_writes_a_dataset_of_the_wanted_size_and_seed(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    given = ["--env-file=", "generate", str(folder), "--books", "150", "--readers", "20", "--seed", "7"]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.output
    key = json.loads((folder / "answer_key.json").read_text(encoding="utf-8"))
    assert key["parameters"] == {"seed": 7, "book_count": 150, "reader_count": 20}
    assert str(folder) in result.output


def test_the_commands_know_how_much_the_generator_can_make() -> None:
    assert (BOOK_COUNT.min, BOOK_COUNT.max) == (BOOK_COUNTS[0], BOOK_COUNTS[-1])
    assert (READER_COUNT.min, READER_COUNT.max) == (READER_COUNTS[0], READER_COUNTS[-1])


@pytest.mark.parametrize("command", ["demo", "generate"])
def test_a_library_of_impossible_size_is_refused_before_anything_is_written(tmp_path: Path, command: str) -> None:
    folder = [str(tmp_path / "library")] if command == "generate" else []
    result = CliRunner().invoke(main, ["--env-file=", command, *folder, "--books", "149"], env={"VAR_DIR": str(tmp_path)})
    assert result.exit_code == 2
    assert "150<=x<=3000000" in result.output
    assert list(tmp_path.iterdir()) == []
