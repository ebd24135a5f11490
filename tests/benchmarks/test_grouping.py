"""Pairs of editions are counted as a person would count them by hand."""

from itertools import combinations

import pytest

from benchmarks.grouping import HardPair, PairScores, hard_pair_scores, hard_pairs, pair_scores, report


@pytest.mark.parametrize(
    ("found", "scores"),
    [
        pytest.param({1: "a", 2: "a", 3: "a", 4: "b"}, PairScores(3, 3, 3), id="the same groups"),
        pytest.param({1: "a", 2: "b", 3: "c", 4: "d"}, PairScores(3, 0, 0), id="nothing together"),
        pytest.param({1: "a", 2: "a", 3: "a", 4: "a"}, PairScores(3, 6, 3), id="all together"),
        pytest.param({1: "a", 2: "a", 3: "b", 4: "b"}, PairScores(3, 2, 1), id="one edition in the wrong group"),
        pytest.param({1: "a", 2: "a", 9: "a"}, PairScores(3, 1, 1), id="editions missing, and one that nobody asked for"),
    ],
)
def test_pairs_are_those_that_one_counts_by_hand(found: dict[int, str], scores: PairScores) -> None:
    assert pair_scores({1: 7, 2: 7, 3: 7, 4: 8}, found) == scores


def test_precision_and_recall_are_shares_of_the_pairs() -> None:
    scores = pair_scores({1: 7, 2: 7, 3: 7, 4: 8}, {1: "a", 2: "a", 3: "b", 4: "b"})
    assert (scores.precision, scores.recall) == (1 / 2, 1 / 3)
    nothing = pair_scores({}, {})
    assert (nothing.precision, nothing.recall) == (1, 1)


def test_counting_by_sizes_gives_what_counting_every_pair_gives() -> None:
    true = {edition: edition % 7 for edition in range(60)}
    found = {edition: edition % 5 for edition in range(60)}
    pairs = list(combinations(range(60), 2))
    together = [[groups[one] == groups[other] for one, other in pairs] for groups in (true, found)]
    assert pair_scores(true, found) == PairScores(
        sum(together[0]), sum(together[1]), sum(both == (True, True) for both in zip(*together, strict=True))
    )


def test_labelled_pairs_are_scored_by_what_was_found() -> None:
    pairs = [HardPair(1, 2, True, "subtitle"), HardPair(3, 4, True, "subtitle"), HardPair(1, 5, False, "part")]
    found = {1: 1, 2: 1, 3: 3, 4: 4, 5: 1}
    assert hard_pair_scores(pairs, found) == PairScores(2, 2, 1)
    assert [pair.is_wrong(found) for pair in pairs] == [False, True, True]
    written = report(pairs, found)
    assert "| all | 3 | 0.500 | 0.500 |" in written
    assert f"| 3 | 4 | yes | subtitle | {pairs[1].half} |" in written


def test_the_labelled_pairs_are_many_balanced_and_ids_only() -> None:
    pairs = hard_pairs()
    assert len({(pair.first_id, pair.second_id) for pair in pairs}) == len(pairs) >= 220
    assert all(pair.first_id < pair.second_id for pair in pairs)
    for half in ("tuning", "judging"):
        same = [pair.same_work for pair in pairs if pair.half == half]
        assert 0.4 <= sum(same) / len(same) <= 0.6
