"""The parts of a dataset written one after the other, a chunk at a time; what stands in them belongs to the other modules."""

import random
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from dataset.generating.answer_key import AnswerKey, Facts
from dataset.generating.book_files import BookFiles, Named, by_work, open_book_files
from dataset.generating.book_rows import BOOK_FILES, SWAPPED_SHARDS
from dataset.generating.editions_generator import Edition, edition_ids, make_editions
from dataset.generating.library import Library, make_library
from dataset.generating.link_files import LinkFiles
from dataset.generating.other_works import OtherWork, kind_of
from dataset.generating.rating_files import (
    RATING_COLUMNS,
    RATING_FILE,
    USER_RATING_COLUMNS,
    USER_RATING_FILES,
    Obscure,
    RatingRecords,
    ambiguous_titles,
    bad_ratings,
    user_rating_extras,
    user_ratings,
)
from dataset.generating.ratings_generator import Reader, ReaderMaker
from dataset.generating.source_files import SourceFile, apart, table_totals
from dataset.generating.works import Work, folded_titles, read_catalogue

MOST_USER_RATING_READERS = 1_800
PLACEHOLDER_EVERY = 12
# Readers are written so many at a time, which bounds the memory.
READERS_PER_BATCH = 2_000


@dataclass(frozen=True)
class Parameters:
    """What a dataset depends on beside the catalogue."""

    seed: int
    book_count: int
    reader_count: int

    def stream(self, part: str) -> random.Random:
        """Random numbers of one part of the dataset, so that a change in one part does not move the others."""
        return random.Random(f"{self.seed}/{part}")  # noqa: S311 -- repeatable on purpose, nothing secret


@dataclass(frozen=True)
class Progress:
    """How many of all ``things``, books or readers, are written."""

    things: str
    done: int
    total: int


Report = Callable[[Progress], None]


def write_dataset(folder: Path, parameters: Parameters, report: Report) -> None:
    """Write all files and the answer key into the empty folder."""
    library = make_library(parameters.stream("library"), read_catalogue(), parameters.book_count)
    with ExitStack() as stack:
        key = stack.enter_context(AnswerKey(folder))
        for work in library.works():
            key.add("works", _facts(work))
        writer = _Writer(stack, folder, key, parameters, library, report)
        files = writer.write_books()
        files += writer.write_ratings()
        key.finish(
            {
                "about": "Made-up editions and ratings of real works. All but the facts of the catalogue's works is synthetic.",
                "parameters": asdict(parameters),
                "swapped_files": [BOOK_FILES[shard] for shard in SWAPPED_SHARDS],
                "files": {file.name: file.totals() for file in files},
                "tables": _tables(files),
            }
        )


def _facts(work: Work) -> Facts:
    facts = {"work": work.number, "kind": kind_of(work), "title": work.title, "authors": work.authors, "genres": work.genres}
    return facts | ({"about": work.about} if isinstance(work, OtherWork) and work.about else {})


def _tables(files: Sequence[SourceFile]) -> Facts:
    names = sorted({file.table for file in files})
    return {name: table_totals([file for file in files if file.table == name]) for name in names}


@dataclass
class _Writer:
    stack: ExitStack
    folder: Path
    key: AnswerKey
    parameters: Parameters
    library: Library
    report: Report

    def __post_init__(self) -> None:
        self.ids = edition_ids(self.parameters.stream("ids"), self.parameters.book_count)
        self.named: list[Named] = []

    def write_books(self) -> list[SourceFile]:
        """Write the books, their genres and links."""
        files = open_book_files(self.stack, self.folder, self.key)
        books = BookFiles(self.parameters.stream("books"), self.key, files, self.parameters.book_count, self._is_named)
        links = LinkFiles(self.stack, self.folder, self.key, self.library.genres)
        for editions in make_editions(self.parameters.stream("editions"), self.library, self.ids):
            links.write(books.write(editions))
            self.report(Progress("books", sum(books.written), self.parameters.book_count))
        self.named = books.named
        return [*files, *links.files]

    def _is_named(self, edition: Edition) -> bool:
        return edition.work.number < self.library.first_synthetic

    def write_ratings(self) -> list[SourceFile]:
        """Write the ratings by book, then those by title."""
        maker = ReaderMaker(self.parameters.stream("readers"), self.library.catalogue, self.library.weights)
        by_title_count = min(self.parameters.reader_count // 2, MOST_USER_RATING_READERS)
        by_book = self._write_by_book(maker, self.parameters.reader_count - by_title_count)
        half = by_title_count // 2
        names, ambiguous = _names(self.named), ambiguous_titles(self.named)
        parts = (range(1, half + 1), range(1_000, 1_000 + by_title_count - half))
        by_title = []
        for name, numbers in zip(USER_RATING_FILES, parts, strict=True):
            readers = [_reader_by_title(maker, number) for number in numbers]
            clear = next(title for titles in names.values() for title in titles if not folded_titles(title) & ambiguous)
            records = user_ratings(self.parameters.stream(name), readers, names, ambiguous)
            file = self._open(name, "user_rating", USER_RATING_COLUMNS)
            file.write(apart(records, user_rating_extras(readers[0].number, clear, len(records))))
            self._add_tastes("user_rating", readers)
            by_title.append(file)
        return [by_book, *by_title]

    def _write_by_book(self, maker: ReaderMaker, reader_count: int) -> SourceFile:
        editions = by_work(self.named)
        records_of = RatingRecords(self.parameters.stream("ratings"), editions, self._obscure())
        file = self._open(RATING_FILE, "rating", RATING_COLUMNS)
        for first in range(1, reader_count + 1, READERS_PER_BATCH):
            numbers = range(first, min(first + READERS_PER_BATCH, reader_count + 1))
            readers = [maker.reader(number) for number in numbers]
            records = records_of.of(readers)
            bad = bad_ratings(readers[0], self.named[0]) if first == 1 else []
            file.write(apart(records, [*records_of.extras(len(records)), *bad]))
            self._add_tastes("rating", readers)
            self.report(Progress("readers", numbers[-1], reader_count))
        return file

    def _obscure(self) -> Obscure | None:
        synthetic = array("I", _places_of_synthetic(self.library))
        if not synthetic:
            return None

        def draw(rng: random.Random) -> tuple[int, int]:
            place = rng.choice(synthetic)
            return self.ids[place], self.library.work_numbers[place]

        return draw

    def _open(self, name: str, table: str, columns: Sequence[str]) -> SourceFile:
        return self.stack.enter_context(SourceFile(self.folder, name, table, columns, self.key))

    def _add_tastes(self, namespace: str, readers: Sequence[Reader]) -> None:
        for reader in readers:
            if reader.tastes:
                self.key.add_tastes(f"{namespace}:{reader.number}", reader.tastes)


def _places_of_synthetic(library: Library) -> Iterator[int]:
    return (place for place, number in enumerate(library.work_numbers) if number >= library.first_synthetic)


def _reader_by_title(maker: ReaderMaker, number: int) -> Reader:
    return Reader(number, (), {}) if number % PLACEHOLDER_EVERY == 0 else maker.reader(number)


def _names(named: Sequence[Named]) -> dict[int, list[str]]:
    return {number: list(dict.fromkeys(edition.name for edition in group)) for number, group in by_work(named).items()}
