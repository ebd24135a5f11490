"""Made-up readers, their tastes and the stars they give to works; how ratings stand in files belongs to rating_files.py."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from dataset.generating.works import Work

LEAST_WORKS = {"genre": 8, "author": 4, "series": 3}

# In a hundred ratings about three quarters follow the reader's tastes and please; the rest is what everybody reads.
TASTE_PERCENT = 75
STARS_IN_TASTE, STARS_ELSEWHERE = (5, 5, 5, 4, 4, 3), (4, 3, 3, 2, 2, 1)


@dataclass(frozen=True)
class Reader:
    """A made-up reader: the id within its source table, the tastes by name, and the stars by work number, in order of rating."""

    number: int
    tastes: tuple[str, ...]
    stars: dict[int, int]


def tastes_of(works: Sequence[Work]) -> dict[str, tuple[Work, ...]]:
    """Return the works of each possible taste by its name, such as ``genre:crime``, ``author:Jane Austen``, ``series:Dune``."""
    groups: dict[str, list[Work]] = {}
    for work in works:
        names = [f"genre:{genre}" for genre in work.genres] + [f"author:{author}" for author in work.authors]
        names += [f"series:{work.series}"] if work.series else []
        for name in names:
            groups.setdefault(name, []).append(work)
    return {name: tuple(group) for name, group in sorted(groups.items()) if len(group) >= LEAST_WORKS[name.split(":")[0]]}


class ReaderMaker:
    """Draws readers one after the other; with the same stream and works they are the same."""

    def __init__(self, rng: random.Random, works: Sequence[Work], weights: Mapping[int, int]) -> None:
        """``weights`` is the popularity by work number."""
        self._rng = rng
        self._weights = weights
        self._works = tuple(works)
        self._reach = _cumulated(works, weights)
        self._tastes = tastes_of(works)
        self._taste_names = list(self._tastes)

    def reader(self, number: int) -> Reader:
        """Return a reader of one or two tastes, with no more than 60 ratings."""
        rng = self._rng
        tastes = tuple(rng.sample(self._taste_names, rng.choice((1, 1, 2))))
        liked = list(dict.fromkeys(work for taste in tastes for work in self._tastes[taste]))
        wanted = rng.randint(15, 60)
        in_taste = self._drawn(liked, _cumulated(liked, self._weights), wanted * TASTE_PERCENT // 100)
        elsewhere = self._drawn(self._works, self._reach, wanted - wanted * TASTE_PERCENT // 100)
        stars = {work.number: rng.choice(STARS_IN_TASTE) for work in in_taste}
        liked_numbers = {work.number for work in liked}
        for work in elsewhere:
            stars.setdefault(work.number, rng.choice(STARS_IN_TASTE if work.number in liked_numbers else STARS_ELSEWHERE))
        return Reader(number, tastes, stars)

    def _drawn(self, works: Sequence[Work], reach: list[int], count: int) -> list[Work]:
        """Different works, the popular ones more often; fewer than ``count`` where one is drawn twice."""
        return list(dict.fromkeys(self._rng.choices(works, cum_weights=reach, k=count)))


def _cumulated(works: Sequence[Work], weights: Mapping[int, int]) -> list[int]:
    return list(accumulate(weights[work.number] for work in works))
