"""Made-up readers like what their tastes say."""

import random

from dataset.generating.ratings_generator import ReaderMaker, tastes_of
from dataset.generating.works import Work, read_catalogue

WORKS = read_catalogue()


def work(number: int, author: str, genre: str, series: str | None = None) -> Work:
    return Work(number, f"Title {number}", None, (author,), None, "eng", (genre,), series, str(number) if series else None)


def test_a_taste_is_a_genre_an_author_or_a_series_with_enough_works() -> None:
    volumes = tuple(work(number, "Ann", "crime", "Docks") for number in range(1, 5))
    others = tuple(work(number, "Bob", "poetry") for number in range(5, 8))
    assert tastes_of([*volumes, *others]) == {"author:Ann": volumes, "series:Docks": volumes}


def test_readers_rate_works_of_their_tastes_higher_than_the_rest(rng: random.Random) -> None:
    maker = ReaderMaker(rng, WORKS, {work.number: 10 for work in WORKS})
    tastes = tastes_of(WORKS)
    inside, outside = [], []
    for reader in (maker.reader(number) for number in range(200)):
        liked = {work.number for taste in reader.tastes for work in tastes[taste]}
        assert 1 <= len(reader.tastes) <= 2
        inside += [stars for number, stars in reader.stars.items() if number in liked]
        outside += [stars for number, stars in reader.stars.items() if number not in liked]
    assert set(inside) <= {3, 4, 5}
    assert set(outside) <= {1, 2, 3, 4}
    assert sum(inside) / len(inside) > sum(outside) / len(outside) + 1
    assert len(inside) > len(outside)


def test_popular_works_are_rated_more_often(rng: random.Random) -> None:
    maker = ReaderMaker(rng, WORKS, {work.number: 200 if work.number <= 20 else 1 for work in WORKS})
    rated = [number for reader in map(maker.reader, range(100)) for number in reader.stars]
    assert sum(number <= 20 for number in rated) / 20 > 3 * sum(number > 20 for number in rated) / (len(WORKS) - 20)
