"""Ratings as they stand in files: by BookId in one, by phrase and title in the others, with the quirks of both."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from dataset.generating.bad_lines import bad_line
from dataset.generating.book_files import Named
from dataset.generating.ratings_generator import Reader
from dataset.generating.source_files import Planted, Record, csv_line
from dataset.generating.works import folded, folded_titles

PHRASES = {5: "it was amazing", 4: "really liked it", 3: "liked it", 2: "it was ok", 1: "did not like it"}
PLACEHOLDER = ("Rating", "This user doesn't have any rating")
UNKNOWN_PHRASE = "could not finish it"
UNKNOWN_BOOK_ID = 4_999_999
RATING_FILE, RATING_COLUMNS = "rating.csv", ("UserId", "BookId", "Rating")
USER_RATING_FILES = ("user_rating_0_to_1000.csv", "user_rating_1000_to_2000.csv")
USER_RATING_COLUMNS = ("ID", "Name", "Rating")

# Of 10,000 ratings so many get the planted case beside or instead of them, one at least in each file.
PER_10_000 = {
    "exact_duplicate": 100,
    "same_work": 60,
    "unknown_book": 30,
    "zero_stars": 10,
    "seven_stars": 10,
    "unknown_phrase": 15,
    "no_such_title": 60,
}
CRLF_PERCENT = 30
# Of the editions that nobody talks about, synthetic ones, a reader has rated so many at most.
MOST_OBSCURE = 11

EditionsByWork = dict[int, list[Named]]
# Draws an edition that is not named: its id and the number of its work.
Obscure = Callable[[random.Random], tuple[int, int]]


@dataclass
class RatingRecords:
    """Makes the records of rating.csv, where any edition of the work stands for it, for some readers at a time."""

    rng: random.Random
    editions: EditionsByWork
    obscure: Obscure | None
    strangers: Iterator[int] = field(default_factory=lambda: iter(range(1_000_000, 100_000_000)))

    def of(self, readers: Sequence[Reader]) -> list[Record]:
        """Return the readers' ratings with their doubles."""
        records: list[Record] = []
        for reader in readers:
            for number, stars in reader.stars.items():
                records += self._of_work(reader.number, self.editions[number], stars)
            records += self._of_obscure(reader.number)
        return records

    def extras(self, size: int) -> list[Record]:
        """Return the ratings without sense that belong to so many; their readers rate nothing else."""
        known = min(edition.edition_id for group in self.editions.values() for edition in group)
        unknown = Planted("unknown_book", "rejected", "BookId", str(UNKNOWN_BOOK_ID))
        extras = [_rating(next(self.strangers), UNKNOWN_BOOK_ID, 4, unknown) for _ in range(_count("unknown_book", size))]
        for quirk, stars in (("zero_stars", 0), ("seven_stars", 7)):
            planted = Planted(quirk, "rejected", "Rating", str(stars))
            extras += [_rating(next(self.strangers), known, stars, planted) for _ in range(_count(quirk, size))]
        return extras

    def _of_work(self, reader: int, editions: list[Named], stars: int) -> Iterator[Record]:
        edition = self.rng.choice(editions)
        planted = _lot(self.rng, ("exact_duplicate", "same_work"))
        yield _rating(reader, edition.edition_id, stars)
        if planted == "exact_duplicate":
            yield _rating(reader, edition.edition_id, stars, Planted("exact_duplicate", "merged"))
        elif planted == "same_work" and (other := next((twin for twin in editions if _is_twin(twin, edition)), None)):
            yield _rating(reader, other.edition_id, 1, Planted("same_work", "merged"))

    def _of_obscure(self, reader: int) -> Iterator[Record]:
        if self.obscure is None:
            return
        drawn = [self.obscure(self.rng) for _ in range(self.rng.randint(0, MOST_OBSCURE))]
        # One edition of each work, else two ratings of a work would merge.
        for edition_id in {number: edition_id for edition_id, number in drawn}.values():
            yield _rating(reader, edition_id, self.rng.randint(1, 5))


def bad_ratings(reader: Reader, edition: Named) -> list[Record]:
    """The lines of rating.csv that are no rows."""
    return [
        bad_line(quirk, [str(reader.number), str(edition.edition_id), "5"]) for quirk in ("too_few_fields", "too_many_fields")
    ]


def _is_twin(twin: Named, edition: Named) -> bool:
    """Whether any rule that groups editions must see one work here, as the names differ in nothing but spelling."""
    return twin.edition_id != edition.edition_id and folded(twin.name) == folded(edition.name)


def _rating(reader: int, book: int, stars: int, *planted: Planted) -> Record:
    return Record(b"%d,%d,%d" % (reader, book, stars), f"{reader}/{book}", list(planted))


def user_ratings(
    rng: random.Random, readers: Sequence[Reader], names: dict[int, list[str]], ambiguous: frozenset[str]
) -> list[Record]:
    """Return the records of a user_rating file: books by ``names`` (by work), readers without ratings as one placeholder row."""
    records = []
    for reader in readers:
        end = b"\r\n" if rng.randrange(100) < CRLF_PERCENT else b"\n"
        placeholder = _user_rating(reader.number, *PLACEHOLDER, Planted("placeholder", "rejected", "Rating", PLACEHOLDER[1]))
        for row in _rows_of_reader(rng, reader, names, ambiguous) or [placeholder]:
            row.line_end = end
            records.append(row)
    return records


def _rows_of_reader(rng: random.Random, reader: Reader, names: dict[int, list[str]], ambiguous: frozenset[str]) -> list[Record]:
    rows: list[Record] = []
    for number, stars in reader.stars.items():
        title = rng.choice(names[number])
        notes = [Planted("ambiguous_title", "kept", "Name", title)] if folded_titles(title) & ambiguous else []
        rows.append(_user_rating(reader.number, title, PHRASES[stars], *notes))
        planted = None if notes else _lot(rng, ("exact_duplicate", "same_work"))
        if planted == "exact_duplicate":
            rows.append(_user_rating(reader.number, title, PHRASES[stars], Planted("exact_duplicate", "merged")))
        twins = (twin for twin in names[number] if twin != title and folded(twin) == folded(title))
        if planted == "same_work" and (other := next(twins, None)):
            rows.append(_user_rating(reader.number, other, PHRASES[1], Planted("same_work", "merged")))
    return rows


def user_rating_extras(reader: int, title: str, size: int) -> list[Record]:
    """Return the rows without sense that belong to so many, and the lines that are no rows."""
    extras = [
        _user_rating(reader, f"A Book That Nobody Wrote, Part {part}", PHRASES[4], Planted("no_such_title", "rejected", "Name"))
        for part in range(1, _count("no_such_title", size) + 1)
    ]
    extras += [
        _user_rating(reader, title, UNKNOWN_PHRASE, Planted("unknown_phrase", "rejected", "Rating", UNKNOWN_PHRASE))
        for _ in range(_count("unknown_phrase", size))
    ]
    kinds = ("too_few_fields", "too_many_fields", "open_quote")
    return extras + [bad_line(quirk, [str(reader), title, PHRASES[3]]) for quirk in kinds]


def _user_rating(reader: int, title: str, phrase: str, *planted: Planted) -> Record:
    return Record(csv_line([str(reader), title, phrase]), f"{reader}/{title}", list(planted))


def _count(quirk: str, size: int) -> int:
    return max(1, size * PER_10_000[quirk] // 10_000)


def _lot(rng: random.Random, quirks: Sequence[str]) -> str | None:
    lot = rng.randrange(10_000)
    for quirk in quirks:
        if lot < PER_10_000[quirk]:
            return quirk
        lot -= PER_10_000[quirk]
    return None


def ambiguous_titles(editions: Sequence[Named]) -> frozenset[str]:
    """The folded titles under which the names of several works stand in the files."""
    works = defaultdict(set)
    for edition in editions:
        for form in folded_titles(edition.name):
            works[form].add(edition.work_number)
    return frozenset(form for form, numbers in works.items() if len(numbers) > 1)
