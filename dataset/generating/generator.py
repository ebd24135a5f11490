"""Makes the demo dataset: a folder in the Kaggle format from catalogue and seed alone; loading it belongs to loader.py."""

import hashlib
import json
import random
from collections import defaultdict
from pathlib import Path

from dataset.generating.answer_key import make_answer_key
from dataset.generating.book_files import BookFiles, make_book_files, make_genre_files, make_link_file
from dataset.generating.editions_generator import Edition, make_editions, popularity
from dataset.generating.generated_folder import Contents, write_folder
from dataset.generating.rating_files import USER_RATING_FILES, ambiguous_titles, make_rating_file, make_user_rating_file
from dataset.generating.ratings_generator import Reader, ReaderMaker
from dataset.generating.source_files import SourceFile
from dataset.generating.works import CATALOGUE, read_catalogue

ANSWER_KEY = "answer_key.json"

# Fewer books could not prove a swap of month and day; more would not find ids in the three shards.
BOOK_COUNTS, READER_COUNTS = range(150, 240_001), range(20, 1_000_001)
MOST_USER_RATING_READERS = 1_800
PLACEHOLDER_EVERY = 12

# What the output depends on; a change of any of these makes an existing folder stale.
SOURCES = (CATALOGUE, *sorted(Path(__file__).parent.glob("*.py")))


def generate_dataset(folder: Path, *, seed: int = 20261120, book_count: int = 4_000, reader_count: int = 1_200) -> None:
    """Write the folder, the same bytes on every machine for the same catalogue, seed and counts.

    The folder appears whole or not at all, and stays untouched where it already is what would be written. Raises ``ValueError``
    for counts out of range, ``FileExistsError`` where the folder holds what this function did not write.
    """
    _check("book_count", book_count, BOOK_COUNTS)
    _check("reader_count", reader_count, READER_COUNTS)
    parameters = {"seed": seed, "book_count": book_count, "reader_count": reader_count}
    write_folder(folder, _fingerprint(parameters), lambda: _contents(parameters))


def _check(name: str, count: int, possible: range) -> None:
    if count not in possible:
        raise ValueError(f"cannot generate a dataset with {name}={count}: choose {possible.start} to {possible.stop - 1}.")


def _fingerprint(parameters: dict[str, int]) -> str:
    digest = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    for source in SOURCES:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _stream(seed: int, part: str) -> random.Random:
    """Random numbers of one part of the dataset, so that a change in one part does not move the others."""
    return random.Random(f"{seed}/{part}")  # noqa: S311 -- repeatable on purpose, nothing secret


def _contents(parameters: dict[str, int]) -> Contents:
    seed, works = parameters["seed"], read_catalogue()
    weights = popularity(_stream(seed, "popularity"), works)
    editions = make_editions(_stream(seed, "editions"), works, weights, parameters["book_count"])
    books = make_book_files(_stream(seed, "books"), editions)
    printed = {edition.work.number for edition in editions}
    readable = [work for work in works if work.number in printed]
    maker = ReaderMaker(_stream(seed, "readers"), readable, weights)
    by_book_id, by_title = _readers(maker, parameters["reader_count"])
    files = [*books.files, *make_genre_files(works, books.with_isbn), make_link_file(books.with_isbn)]
    files.append(make_rating_file(_stream(seed, "ratings"), by_book_id, _by_work(editions), books.names))
    files += _user_rating_files(_stream(seed, "user_ratings"), by_title, editions, books)
    tastes = {f"rating:{reader.number}": reader.tastes for reader in by_book_id}
    tastes |= {f"user_rating:{reader.number}": reader.tastes for part in by_title for reader in part if reader.tastes}
    key = make_answer_key(parameters, works, editions, files, tastes)
    contents = {file.name: file.content() for file in files}
    return contents | {ANSWER_KEY: _as_json(key)}


def _readers(maker: ReaderMaker, reader_count: int) -> tuple[list[Reader], list[list[Reader]]]:
    """The readers of rating.csv, and those of each user_rating file, among them some who have rated nothing."""
    by_title_count = min(reader_count // 2, MOST_USER_RATING_READERS)
    half = by_title_count // 2
    by_book_id = [maker.reader(number) for number in range(1, reader_count - by_title_count + 1)]
    parts = (range(1, half + 1), range(1_000, 1_000 + by_title_count - half))
    return by_book_id, [
        [Reader(number, (), {}) if number % PLACEHOLDER_EVERY == 0 else maker.reader(number) for number in part] for part in parts
    ]


def _by_work(editions: list[Edition]) -> dict[int, list[Edition]]:
    groups = defaultdict(list)
    for edition in editions:
        groups[edition.work.number].append(edition)
    return dict(groups)


def _user_rating_files(
    rng: random.Random, parts: list[list[Reader]], editions: list[Edition], books: BookFiles
) -> list[SourceFile]:
    names = {
        number: list(dict.fromkeys(books.names[edition.edition_id] for edition in group))
        for number, group in _by_work(editions).items()
    }
    ambiguous = ambiguous_titles(editions, books.names)
    return [
        make_user_rating_file(rng, name, readers, names, ambiguous)
        for name, readers in zip(USER_RATING_FILES, parts, strict=True)
    ]


def _as_json(key: dict[str, object]) -> bytes:
    """JSON with a line per top-level item of each list and object, for people who compare two keys."""
    parts = []
    for name, value in key.items():
        dumped = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list):
            dumped = "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"
        elif isinstance(value, dict):
            dumped = "{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items()) + "\n}"
        parts.append(f"{json.dumps(name)}: {dumped}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()
