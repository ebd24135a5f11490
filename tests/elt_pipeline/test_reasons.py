"""Every reason that is printed is recomputed from the tables that analysts see, and taken away to see the score fall."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from elt_pipeline.cli import main
from tests.support.booklake import Booklake

LISTED_REASONS = 5


def recommend(booklake: Booklake, liked: list[int], disliked: list[int]) -> list[dict[str, Any]]:
    """What `booklake recommend --json` prints."""
    likes = [part for work in liked for part in ("--like", str(work))]
    dislikes = [part for work in disliked for part in ("--dislike", str(work))]
    command = ["--env-file=", "recommend", *likes, *dislikes, "--max-results", "100", "--json"]
    result = CliRunner().invoke(main, command, env={"VAR_DIR": str(booklake.settings.var)})
    assert result.exit_code == 0, result.output
    printed: list[dict[str, Any]] = json.loads(result.stdout)
    return printed


@pytest.fixture(scope="module")
def weights(booklake: Booklake) -> dict[tuple[int, int], float]:
    rows = booklake.ask("select work_id, similar_work_id, weight::double precision from recommendations.similar_works")
    return {(int(str(one)), int(str(other))): float(str(weight)) for one, other, weight in rows}


@pytest.fixture(scope="module")
def readers(booklake: Booklake) -> list[tuple[list[int], list[int]]]:
    """What some made-up readers of the most read books like and dislike."""
    rows = booklake.ask("select work_id from recommendations.books order by reader_count desc, work_id limit 12")
    works = [int(str(work)) for (work,) in rows]
    return [(works[:1], []), (works[:5], []), (works[:4], works[4:6]), (works[6:9], works[:3]), (works[9:10], works[10:12])]


def test_every_printed_score_term_and_share_follows_from_similar_works(
    booklake: Booklake, weights: dict[tuple[int, int], float], readers: list[tuple[list[int], list[int]]]
) -> None:
    printed = [(liked, disliked, book) for liked, disliked in readers for book in recommend(booklake, liked, disliked)]
    assert len(printed) > 100
    for liked, disliked, book in printed:
        signs = dict.fromkeys(liked, 1) | dict.fromkeys(disliked, -1)
        terms = {work: sign * weights.get((work, book["work_id"]), 0.0) for work, sign in signs.items()}
        terms = {work: term for work, term in terms.items() if term}
        positive = sum(term for term in terms.values() if term > 0)
        assert book["score"] == pytest.approx(sum(terms.values()), abs=1e-9)
        reasons = {reason["work_id"]: reason for reason in book["reasons"]}
        assert set(reasons) == set(sorted(terms, key=lambda work: (-abs(terms[work]), -terms[work], work))[:LISTED_REASONS])
        for work, reason in reasons.items():
            assert reason["term"] == pytest.approx(terms[work], abs=1e-9)
            assert reason["share"] == pytest.approx(abs(terms[work]) / positive, abs=5e-7)
            assert reason["direction"] == ("for" if terms[work] > 0 else "against")
            assert reason["judgement"] == ("liked" if work in liked else "disliked")


def test_without_the_book_of_its_strongest_reason_a_score_changes_by_just_that_term(
    booklake: Booklake, readers: list[tuple[list[int], list[int]]]
) -> None:
    liked, disliked = readers[2]
    for book in recommend(booklake, liked, disliked)[:5]:
        strongest = book["reasons"][0]
        fewer = [[work for work in works if work != strongest["work_id"]] for works in (liked, disliked)]
        without = {other["work_id"]: other["score"] for other in recommend(booklake, *fewer)}
        expected = book["score"] - strongest["term"]
        assert without.get(book["work_id"], min(expected, 0.0)) == pytest.approx(expected, abs=1e-9)


def test_what_is_shared_is_true_of_both_books(booklake: Booklake) -> None:
    rows = booklake.ask(
        "select shared, one.authors, other.authors, one.series_name, other.series_name, one.genres, other.genres"
        " from recommendations.similar_works join recommendations.books as one using (work_id)"
        " join recommendations.books as other on other.work_id = similar_work_id where kind = 'content' limit 500"
    )
    assert rows
    for shared, *facts in rows:
        for place, kind in enumerate(("author", "series", "genre")):
            named = [part.removeprefix(f"{kind} ") for part in str(shared).split(", ") if part.startswith(f"{kind} ")]
            assert all(name in str(facts[2 * place]) and name in str(facts[2 * place + 1]) for name in named), shared
