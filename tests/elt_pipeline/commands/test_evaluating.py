"""Tests of `booklake evaluate`: any file of ratings, and files that are none."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from elt_pipeline.cli import main


def run(file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["--env-file=", "evaluate", "--ratings", str(file), *options])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """40 readers of one of two tastes, columns in another order and case, a row that is no rating."""
    rows = [f"{4 + (reader + book) % 2},{book + 10 * (reader % 2)},{reader}" for reader in range(40) for book in range(9)]
    path = tmp_path / "ratings.csv"
    path.write_text("\ufeffrating,BOOKID,UserId\n" + "\n".join([*rows, "no stars,1,1"]) + "\n", encoding="utf-8")
    return path


def test_the_figures_of_each_model_come_as_json(file: Path) -> None:
    found = run(file, "--seeds", "1", "--json")
    assert found.exit_code == 0, found.output
    report = json.loads(found.stdout)
    assert (report["ratings"], report["likes"], report["unreadable_rows"], report["seeds"]) == (360, 360, 1, 1)
    assert {figure["model"] for figure in report["figures"]} == {"popularity", "item kNN", "EASE, 128 per work"}
    recall = {figure["model"]: figure["mean"] for figure in report["figures"] if figure["metric"] == "recall@20"}
    assert recall["EASE, 128 per work"] == 1
    assert report["counts"][0]["test_readers"] == 8
    assert report["variants"]["recall"] == "hits / min(K, targets)"


def test_a_person_reads_a_table_with_what_was_left_out(file: Path) -> None:
    found = run(file, "--seeds", "1", "--positive-from", "4")
    assert "popularity" in found.stdout
    assert "0 unknown targets" in found.stdout
    assert "Seed 0, 1 of 1" in found.stderr


@pytest.mark.parametrize(
    ("text", "options", "complaint"),
    [
        pytest.param("UserId,Book\n1,2\n", (), "missing column BookId, Rating; it has UserId, Book", id="missing columns"),
        pytest.param("UserId,BookId,Rating\n1,2,3\n", (), "the highest is 3.0: lower --positive-from", id="no likes"),
        pytest.param("UserId,BookId,Rating\n", (), "no rating is 4 or higher", id="no rows"),
        pytest.param("UserId,BookId,Rating\n1,2,5\n", (), "0 readers have 5 likes or more", id="too few readers"),
        pytest.param("", (), "cannot be read as CSV", id="empty file"),
    ],
)
def test_a_file_that_cannot_be_judged_is_refused_in_a_sentence(
    tmp_path: Path, text: str, options: tuple[str, ...], complaint: str
) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(text, encoding="utf-8")
    found = run(path, *options)
    assert found.exit_code == 1
    assert complaint in found.output


def test_real_ratings_give_the_figures_that_are_published(real_data: Path) -> None:
    found = run(real_data / "rating.csv", "--seeds", "1", "--json")
    figures = {(figure["model"], figure["metric"]): figure["mean"] for figure in json.loads(found.stdout)["figures"]}
    # The reference is another split of the same readers: EASE .3996 ±.011, popularity .2113 ±.011.
    assert figures["EASE, 128 per work", "ndcg@100"] == pytest.approx(0.3996, abs=0.025)
    assert figures["popularity", "ndcg@100"] == pytest.approx(0.2113, abs=0.025)
