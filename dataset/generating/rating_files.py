"""Ratings as they stand in files: by BookId in one, by phrase and title in the others, with the quirks of both."""

import random
from collections import defaultdict
from collections.abc import Sequence

from dataset.generating.bad_lines import bad_line
from dataset.generating.editions_generator import Edition
from dataset.generating.ratings_generator import Reader
from dataset.generating.source_files import Planted, Record, SourceFile, csv_line
from dataset.generating.works import folded, folded_titles

PHRASES = {5: "it was amazing", 4: "really liked it", 3: "liked it", 2: "it was ok", 1: "did not like it"}
PLACEHOLDER = ("Rating", "This user doesn't have any rating")
UNKNOWN_PHRASE = "could not finish it"
UNKNOWN_BOOK_ID = 299_999
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

EditionsByWork = dict[int, list[Edition]]
Names = dict[int, str]


def make_rating_file(rng: random.Random, readers: Sequence[Reader], editions: EditionsByWork, names: Names) -> SourceFile:
    """Return rating.csv: any edition of the work stands for it; ``names`` are those in the files, by edition."""
    file = SourceFile("rating.csv", "rating", ("UserId", "BookId", "Rating"))
    for reader in readers:
        for number, stars in reader.stars.items():
            edition = rng.choice(editions[number])
            planted = _lot(rng, ("exact_duplicate", "same_work"))
            file.records.append(_rating(reader.number, edition.edition_id, stars))
            if planted == "exact_duplicate":
                file.records.append(_rating(reader.number, edition.edition_id, stars, Planted("exact_duplicate", "merged")))
            twins = (twin for twin in editions[number] if _is_twin(twin, edition, names))
            if planted == "same_work" and (other := next(twins, None)):
                file.records.append(_rating(reader.number, other.edition_id, 1, Planted("same_work", "merged")))
    file.insert_apart(_rating_extras(readers, len(file.records), editions))
    return file


def _is_twin(twin: Edition, edition: Edition, names: Names) -> bool:
    """Whether any rule that groups editions must see one work here, as the names differ in nothing but spelling."""
    first, second = twin.edition_id, edition.edition_id
    return first != second and folded(names[first]) == folded(names[second])


def _rating(reader: int, book: int, stars: int, *planted: Planted) -> Record:
    return Record(b"%d,%d,%d" % (reader, book, stars), f"{reader}/{book}", list(planted))


def _rating_extras(readers: Sequence[Reader], size: int, editions: EditionsByWork) -> list[Record]:
    known = min(edition.edition_id for group in editions.values() for edition in group)
    # These readers rate nothing else, so that no planted row hides behind a good one.
    strangers = iter(range(1_000_000, 2_000_000))
    extras = [
        _rating(next(strangers), UNKNOWN_BOOK_ID, 4, Planted("unknown_book", "rejected", "BookId", str(UNKNOWN_BOOK_ID)))
        for _ in range(_count("unknown_book", size))
    ]
    for quirk, stars in (("zero_stars", 0), ("seven_stars", 7)):
        extras += [
            _rating(next(strangers), known, stars, Planted(quirk, "rejected", "Rating", str(stars)))
            for _ in range(_count(quirk, size))
        ]
    extras += [bad_line(quirk, [str(readers[0].number), str(known), "5"]) for quirk in ("too_few_fields", "too_many_fields")]
    return extras


def make_user_rating_file(
    rng: random.Random, name: str, readers: Sequence[Reader], names: dict[int, list[str]], ambiguous: frozenset[str]
) -> SourceFile:
    """Return a user_rating file: books by the names in ``names`` (by work), readers without ratings as one placeholder row."""
    file = SourceFile(name, "user_rating", USER_RATING_COLUMNS)
    for reader in readers:
        end = b"\r\n" if rng.randrange(100) < CRLF_PERCENT else b"\n"
        rows = _rows_of_reader(rng, reader, names, ambiguous)
        for row in rows or [
            _user_rating(reader.number, *PLACEHOLDER, Planted("placeholder", "rejected", "Rating", PLACEHOLDER[1]))
        ]:
            row.line_end = end
            file.records.append(row)
    clear = next(title for titles in names.values() for title in titles if not folded_titles(title) & ambiguous)
    file.insert_apart(_user_rating_extras(readers[0].number, clear, len(file.records)))
    return file


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


def _user_rating(reader: int, title: str, phrase: str, *planted: Planted) -> Record:
    return Record(csv_line([str(reader), title, phrase]), f"{reader}/{title}", list(planted))


def _user_rating_extras(reader: int, title: str, size: int) -> list[Record]:
    extras = [
        _user_rating(reader, f"A Book That Nobody Wrote, Part {part}", PHRASES[4], Planted("no_such_title", "rejected", "Name"))
        for part in range(1, _count("no_such_title", size) + 1)
    ]
    extras += [
        _user_rating(reader, title, UNKNOWN_PHRASE, Planted("unknown_phrase", "rejected", "Rating", UNKNOWN_PHRASE))
        for _ in range(_count("unknown_phrase", size))
    ]
    kinds = ("too_few_fields", "too_many_fields", "open_quote")
    extras += [bad_line(quirk, [str(reader), title, PHRASES[3]]) for quirk in kinds]
    return extras


def _count(quirk: str, size: int) -> int:
    return max(1, size * PER_10_000[quirk] // 10_000)


def _lot(rng: random.Random, quirks: Sequence[str]) -> str | None:
    lot = rng.randrange(10_000)
    for quirk in quirks:
        if lot < PER_10_000[quirk]:
            return quirk
        lot -= PER_10_000[quirk]
    return None


def ambiguous_titles(editions: Sequence[Edition], names: dict[int, str]) -> frozenset[str]:
    """The folded titles under which the names of several works stand in the files; ``names`` is by edition."""
    works = defaultdict(set)
    for edition in editions:
        for form in folded_titles(names[edition.edition_id]):
            works[form].add(edition.work.number)
    return frozenset(form for form, numbers in works.items() if len(numbers) > 1)
