"""The three book files with their quirks, and the genres and links that hang on ISBNs; ratings belong to rating_files.py."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dataset.generating.bad_lines import bad_line
from dataset.generating.book_rows import BOOK_COLUMNS, BOOK_FILES, Row, book_row
from dataset.generating.editions_generator import Edition
from dataset.generating.made_up_isbns import isbn10_of
from dataset.generating.quirks import LOST_ISBN_QUIRKS, plant_quirks
from dataset.generating.source_files import Planted, Record, SourceFile, csv_line
from dataset.generating.works import Work

SAME_ID_PER_10_000 = 50
UNKNOWN_ISBN = (
    "6600000007"  # Valid, in the unassigned range, and never given to an edition: the range is sampled from the next on.
)

# In this part of the second shard, as in half of the real files, the five counts are absent.
PART_WITHOUT_COUNTS = (1, 0.6)

BAD_LINES_OF_SHARD = (
    ("too_few_fields",),
    ("too_few_fields", "too_many_fields", "open_quote", "invalid_encoding"),
    ("too_many_fields", "nul_byte"),
)


@dataclass(frozen=True)
class BookFiles:
    """The files; the names under which editions stand in them; and the editions whose ISBN still leads to them."""

    files: list[SourceFile]
    names: dict[int, str]
    with_isbn: list[Edition]


def make_book_files(rng: random.Random, editions: Sequence[Edition]) -> BookFiles:
    """Return the book files with every quirk planted and noted; editions come and stay in the order of their ids."""
    rows = [book_row(rng, edition, has_counts=has_counts) for edition, has_counts in _with_counts(editions)]
    quirks = plant_quirks(rng, rows)
    files = []
    for shard, name in enumerate(BOOK_FILES):
        file = SourceFile(name, "book", BOOK_COLUMNS[shard])
        places = [place for place, edition in enumerate(editions) if edition.shard == shard]
        file.records = [_record(rows[place], quirks[place]) for place in places]
        _plant_same_ids(rng, file, [rows[place] for place in places])
        file.insert_apart(_extra_records(shard, rows[places[0]]))
        files.append(file)
    with_isbn = [
        edition
        for edition, notes in zip(editions, quirks, strict=True)
        if not LOST_ISBN_QUIRKS.intersection(name for name, _ in notes)
    ]
    return BookFiles(files, {edition.edition_id: row["Name"] for edition, row in zip(editions, rows, strict=True)}, with_isbn)


def _with_counts(editions: Sequence[Edition]) -> Iterator[tuple[Edition, bool]]:
    shard, share = PART_WITHOUT_COUNTS
    in_part = [edition.edition_id for edition in editions if edition.shard == shard]
    without_counts = set(in_part[int(len(in_part) * share) :])
    for edition in editions:
        yield edition, edition.edition_id not in without_counts


def _record(row: Row, quirks: list[tuple[str, str]]) -> Record:
    planted = [Planted(name, "kept", column, row[column]) for name, column in quirks]
    if not row["RatingDist5"]:
        planted.append(Planted("counts_absent", "kept", "RatingDist5", ""))
    return Record(csv_line(list(row.values())), row["Id"], planted)


def _plant_same_ids(rng: random.Random, file: SourceFile, rows: Sequence[Row]) -> None:
    """Add some rows a second time, with another count of reviews."""
    twins = rng.sample(rows, max(1, len(rows) * SAME_ID_PER_10_000 // 10_000))
    again = [row | {"CountsOfReview": str(int(row["CountsOfReview"]) + 1)} for row in twins]
    file.insert_apart(
        [Record(csv_line(list(row.values())), row["Id"], [Planted("same_id_twice", "merged", "Id", row["Id"])]) for row in again]
    )


def _extra_records(shard: int, row: Row) -> list[Record]:
    """Bad lines, and in the second shard rows that no edition can be made of; their ids are above those of the editions."""
    first_free = shard * 100_000 + 99_500
    extra = [
        bad_line(quirk, list((row | {"Id": str(first_free + place)}).values()))
        for place, quirk in enumerate(BAD_LINES_OF_SHARD[shard])
    ]
    if shard == 1:
        no_number, no_title = row | {"Id": "no number"}, row | {"Id": str(first_free + 99), "Name": "  "}
        extra.append(_rejected("id_is_not_a_number", "Id", no_number))
        extra.append(_rejected("no_title", "Name", no_title))
    return extra


def _rejected(quirk: str, column: str, row: Row) -> Record:
    return Record(csv_line(list(row.values())), row["Id"], [Planted(quirk, "rejected", column, row[column])])


def make_genre_files(works: Sequence[Work], with_isbn: Sequence[Edition]) -> list[SourceFile]:
    """Return genre.csv, numbered by the alphabet, and book_genre.csv; of its links one leads nowhere, one is doubled."""
    names = sorted({genre for work in works for genre in work.genres})
    numbers = {name: str(number) for number, name in enumerate(names, start=1)}
    genres = SourceFile("genre.csv", "genre", ("Id", "Name"), [Record(csv_line([numbers[name], name])) for name in names])
    links = SourceFile("book_genre.csv", "book_genre", ("BookISBN", "GenreId"))
    links.records = [
        Record(csv_line([isbn10_of(edition.isbn13), numbers[genre]])) for edition in with_isbn for genre in edition.work.genres
    ]
    doubled = Record(links.records[0].data, links.records[0].data.decode(), [Planted("exact_duplicate", "merged")])
    links.records.insert(1, doubled)
    links.insert_apart([_to_unknown_isbn(numbers[names[0]])])
    return [genres, links]


def make_link_file(with_isbn: Sequence[Edition]) -> SourceFile:
    """Return book_download_link.csv: a link for each e-book, to a domain that can never exist; one leads from no edition."""
    file = SourceFile("book_download_link.csv", "book_download_link", ("BookISBN", "Link"))
    ebooks = [edition for edition in with_isbn if edition.form == "ebook"]
    file.records = [
        Record(csv_line([isbn10_of(edition.isbn13), f"https://books.example/{edition.isbn13}.epub"])) for edition in ebooks
    ]
    file.insert_apart([_to_unknown_isbn("https://books.example/nothing.epub")])
    return file


def _to_unknown_isbn(value: str) -> Record:
    return Record(csv_line([UNKNOWN_ISBN, value]), UNKNOWN_ISBN, [Planted("unknown_isbn", "rejected", "BookISBN", UNKNOWN_ISBN)])
