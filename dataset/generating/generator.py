"""Makes the demo dataset: a folder in the Kaggle format from catalogue and seed alone; loading it belongs to dataset/loading."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from dataset.generating.author_spellings import SPELLINGS
from dataset.generating.dataset_writer import Parameters, Progress, write_dataset
from dataset.generating.generated_folder import write_folder
from dataset.generating.works import CATALOGUE

DEFAULT_SEED, DEFAULT_BOOKS = 20261120, 20_000
# Fewer books could not prove a swap of month and day; more would not find ids in the three shards.
BOOK_COUNTS, READER_COUNTS = range(150, 3_000_001), range(20, 900_001)
# A reader for three books, but of large datasets one for fifteen.
FEW_READERS, MANY_BOOKS, BOOKS_PER_READER = 6_000, 20_000, 15

# What the output depends on; a change of any of these makes an existing folder stale.
SOURCES = (CATALOGUE, SPELLINGS, *sorted(Path(__file__).parent.glob("*.py")))


def generate_dataset(
    folder: Path,
    *,
    seed: int = DEFAULT_SEED,
    book_count: int = DEFAULT_BOOKS,
    reader_count: int | None = None,
    report: Callable[[Progress], None] = lambda _: None,
) -> None:
    """Write the folder, the same bytes on every machine for the same catalogue, seed and counts.

    Without ``reader_count`` there are readers that fit the books. The folder appears whole or not at all, and stays untouched
    where it already is what would be written. Raises ``ValueError`` for counts out of range, ``FileExistsError`` where the
    folder holds what this function did not write.
    """
    _check("book_count", book_count, BOOK_COUNTS)
    readers = fitting_reader_count(book_count) if reader_count is None else reader_count
    _check("reader_count", readers, READER_COUNTS)
    parameters = Parameters(seed, book_count, readers)
    write_folder(folder, _fingerprint(parameters), lambda empty: write_dataset(empty, parameters, report))


def fitting_reader_count(book_count: int) -> int:
    """Return so many readers that each work of the catalogue has enough ratings to recommend by."""
    few = min(book_count, MANY_BOOKS) * FEW_READERS // MANY_BOOKS
    return few + max(0, book_count - MANY_BOOKS) // BOOKS_PER_READER


def _check(name: str, count: int, possible: range) -> None:
    if count not in possible:
        raise ValueError(f"cannot generate a dataset with {name}={count}: choose {possible.start} to {possible.stop - 1}.")


def _fingerprint(parameters: Parameters) -> str:
    digest = hashlib.sha256(repr(parameters).encode())
    for source in SOURCES:
        digest.update(source.read_bytes())
    return digest.hexdigest()
