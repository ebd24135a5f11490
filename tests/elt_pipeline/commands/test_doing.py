"""The commands that change something, as far as they need no Booklake."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dataset.generating.generator import BOOK_COUNTS, READER_COUNTS
from elt_pipeline.cli import main
from elt_pipeline.commands.doing import BOOK_COUNT, READER_COUNT
from elt_pipeline.commands.words import of_failures
from elt_pipeline.transforms.baselines import is_accepted


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


def test_several_tables_that_are_held_back_are_accepted_by_one_line() -> None:
    one = "gold.works, check baseline: … accept it knowingly: `booklake refresh --accept gold.works.row_count`."
    two = "gold.authors, check baseline: … accept it knowingly: `booklake refresh --accept gold.authors.row_count`."
    assert "--accept gold`" not in of_failures("3f2a91c0", [one])
    assert of_failures("3f2a91c0", [one, two]).endswith(
        "To accept every change of gold at once: `booklake refresh --accept gold`."
    )
    assert is_accepted("gold.works.row_count", ["gold"])
