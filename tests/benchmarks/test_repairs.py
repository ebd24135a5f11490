import polars as pl
import pytest

from benchmarks.repairs import Repairs, score, score_counts, score_facts


@pytest.mark.parametrize(
    ("truth", "found", "lost", "expected"),
    [
        pytest.param(["a", "b"], ["a", "b"], [False, False], (2, 2, 0), id="all repaired"),
        pytest.param(["a", "b"], ["a", None], [False, False], (2, 1, 0), id="one not repaired"),
        pytest.param(["a", "b"], ["a", "c"], [False, False], (2, 1, 1), id="one repaired wrongly"),
        pytest.param(["a", "b"], ["a", None], [False, True], (1, 1, 0), id="one lost and left null"),
        pytest.param(["a", "b"], ["a", "c"], [False, True], (1, 1, 1), id="one lost and made up"),
        pytest.param([None, "b"], ["a", "b"], [False, False], (1, 1, 1), id="made up where there is none"),
    ],
)
def test_what_is_repaired_is_told_from_what_is_made_up(
    truth: list[str | None], found: list[str | None], lost: list[bool], expected: tuple[int, int, int]
) -> None:
    scored = score("isbn13", pl.Series(truth), pl.Series(found), pl.Series(lost))
    assert scored == Repairs("isbn13", *expected)


def test_a_planted_loss_is_found_by_file_and_line() -> None:
    fact = {"file": "book1.csv", "isbn13": "9786600000001", "language": "eng", "page_count": 9, "publish_date": "1990-12-31"}
    key = {
        "editions": [fact | {"edition_id": 1, "line": 2}, fact | {"edition_id": 2, "line": 3}],
        "planted": [{"file": "book1.csv", "line": 3, "quirk": "pages_zero"}],
    }
    editions = pl.DataFrame(
        {
            "edition_id": [1, 2],
            "isbn13": ["9786600000001", "9786600000001"],
            "language_code": ["eng", None],
            "page_count": [9, None],
            "publish_date": pl.Series(["1990-12-31", "1990-12-31"]).str.to_date(),
        }
    )
    assert {(found.column, found.provable, found.right, found.wrong) for found in score_facts(key, editions)} == {
        ("isbn13", 2, 2, 0),
        ("language_code", 2, 1, 0),
        ("page_count", 1, 1, 0),
        ("publish_date", 2, 2, 0),
    }


def test_counts_are_compared_with_the_digits_of_the_source() -> None:
    texts = {f"RatingDist{star}": [f"{star}:3022", ""] for star in range(1, 6)}
    books = pl.DataFrame({"Id": ["7", "8"], "RatingDistTotal": ["total:15110", "total:4"], **texts})
    words = ("five", "four", "three", "two", "one")
    counts = {f"{word}_star_count": pl.Series([3022, None], dtype=pl.Int64) for word in words}
    editions = pl.DataFrame({"edition_id": [7, 8], "rating_count": [15110, 5], **counts})
    scores = {found.column: (found.provable, found.right, found.wrong) for found in score_counts(books, editions)}
    assert scores == {f"{word}_star_count": (1, 1, 0) for word in words} | {"rating_count": (2, 1, 1)}
