"""Which works a dataset has, how well known they are, and how many editions each gets; what an edition is belongs elsewhere."""

import random
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dataset.generating.other_works import make_other_works
from dataset.generating.synthetic_works import EDITION_COUNTS, synthetic_work
from dataset.generating.works import Work

# A small dataset takes the first works of the catalogue alone, so that there too most have several editions.
FEWEST_WORKS, LEAST_EDITIONS_PER_WORK = 60, 3
# So many editions the catalogue can fill; the rest is synthetic.
MOST_EDITIONS_PER_WORK = 60
OTHER_PERCENT, EDITIONS_PER_OTHER_WORK = 4, 3
OTHER_WEIGHTS, SYNTHETIC_WEIGHTS = range(2, 40), range(1, 12)
# Somebody has written a sentence about these, so they are taken for better known.
DESCRIBED_BONUS = 0.4


@dataclass(frozen=True)
class Library:
    """The works of a dataset and, for each of its editions by ascending id, the number of its work.

    Numbers are the catalogue's rows, then those of the works around it, then of synthetic ones, which are made when asked for.
    ``named`` are the works that are not synthetic and ``weights`` their popularity, both by number, the catalogue's first.
    """

    named: Mapping[int, Work]
    weights: Mapping[int, int]
    catalogue: Sequence[Work]
    genres: tuple[str, ...]
    first_synthetic: int
    work_numbers: "array[int]"

    def work(self, number: int) -> Work:
        """Return the work of a number."""
        if number < self.first_synthetic:
            return self.named[number]
        return synthetic_work(number, number - self.first_synthetic, self.genres)

    def weight(self, number: int) -> int:
        """The popularity of a work."""
        return self.weights.get(number) or SYNTHETIC_WEIGHTS[number % len(SYNTHETIC_WEIGHTS)]

    def works(self) -> Iterator[Work]:
        """Every work, by number."""
        yield from self.named.values()
        yield from map(self.work, range(self.first_synthetic, max(self.work_numbers) + 1))


def make_library(rng: random.Random, catalogue: Sequence[Work], book_count: int) -> Library:
    """Return the library of so many editions, in which each work has one at least."""
    taken = catalogue[: max(FEWEST_WORKS, book_count // LEAST_EDITIONS_PER_WORK)]
    famous_first = sorted(taken, key=lambda work: rng.random() - (DESCRIBED_BONUS if work.description else 0))
    around = make_other_works(taken, famous_first, len(catalogue) + 1)
    first_synthetic = len(catalogue) + len(around) + 1
    other_count = book_count * OTHER_PERCENT // 100
    others = sorted(rng.sample(around, min(len(around), other_count // EDITIONS_PER_OTHER_WORK)), key=lambda work: work.number)
    weights = {work.number: 10_000 // (rank + 10) for rank, work in enumerate(famous_first)}
    weights |= {work.number: rng.choice(OTHER_WEIGHTS) for work in others}
    catalogue_count = min(book_count - other_count, MOST_EDITIONS_PER_WORK * len(catalogue))
    numbers = array("I", _printed(rng, taken, weights, catalogue_count))
    numbers.extend(_printed(rng, others, weights, other_count))
    numbers.extend(_synthetic_numbers(first_synthetic, book_count - len(numbers)))
    rng.shuffle(numbers)
    return Library(
        named={work.number: work for work in (*taken, *others)},
        weights=weights,
        catalogue=taken,
        genres=tuple(sorted({genre for work in (*catalogue, *around) for genre in work.genres})),
        first_synthetic=first_synthetic,
        work_numbers=numbers,
    )


def _printed(rng: random.Random, works: Sequence[Work], weights: Mapping[int, int], count: int) -> list[int]:
    """The numbers of the works, each once and then more often by its weight."""
    numbers = [work.number for work in works]
    return numbers + rng.choices(numbers, [weights[number] for number in numbers], k=count - len(numbers))


def _synthetic_numbers(first: int, count: int) -> Iterator[int]:
    number = first
    while count > 0:
        editions = min(count, EDITION_COUNTS[number % len(EDITION_COUNTS)])
        yield from (number for _ in range(editions))
        number, count = number + 1, count - editions
