"""How well editions are grouped into works, measured by pairs. Grouping itself belongs to the pipeline's transforms."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PairScores:
    """Of all pairs of editions: how many are of one work in truth, how many were put together, and how many are both."""

    true_pairs: int
    found_pairs: int
    common_pairs: int

    @property
    def precision(self) -> float:
        """The share of the pairs put together that are of one work; 1 where none was put together."""
        return self.common_pairs / self.found_pairs if self.found_pairs else 1.0

    @property
    def recall(self) -> float:
        """The share of the pairs of one work that were put together; 1 where there is none."""
        return self.common_pairs / self.true_pairs if self.true_pairs else 1.0


def pair_scores(true_work_by_edition: Mapping[int, Hashable], found_work_by_edition: Mapping[int, Hashable]) -> PairScores:
    """Compare two groupings of the editions in ``true_work_by_edition``; one that was not found at all counts as alone.

    Pairs follow from the sizes of the groups, n·(n - 1)/2 each, so that millions of editions are no matter.
    """
    true_works = list(true_work_by_edition.values())
    found_works = [found_work_by_edition.get(edition, _Alone(edition)) for edition in true_work_by_edition]
    return PairScores(_pairs(true_works), _pairs(found_works), _pairs(zip(true_works, found_works, strict=True)))


@dataclass(frozen=True)
class _Alone:
    """The work of an edition that was not found: equal to no other work."""

    edition: int


def _pairs(works: Iterable[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(works).values())
