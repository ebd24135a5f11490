"""Tests of the made-up catalogues: the same seed gives the same, and all of it can be compared."""

from benchmarks.recommend import made_up, measure


def test_the_same_seed_gives_the_same_catalogue() -> None:
    one, other, another = made_up(50, 1), made_up(50, 1), made_up(50, 2)
    assert all(one[name].collect().equals(other[name].collect()) for name in one)
    assert not one["works"].collect().equals(another["works"].collect())


def test_a_measurement_says_what_was_found_and_on_what() -> None:
    found = measure(300, 7)
    assert (found["works"], found["seed"]) == (300, 7)
    assert 0 < int(str(found["works_with_neighbours"])) <= 300
    assert "scipy" in str(found["versions"])
