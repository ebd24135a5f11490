"""The genres, and the genres and download links that hang on ISBNs, with links that lead nowhere."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from dataset.generating.answer_key import AnswerKey
from dataset.generating.editions_generator import Edition
from dataset.generating.made_up_isbns import isbn10_of
from dataset.generating.source_files import Planted, Record, SourceFile, apart, csv_line

# Valid, in the unassigned range, and never given to an edition: that range begins with the next one.
UNKNOWN_ISBN = "6600000007"
UNKNOWN_GENRE = "99999"
# Of 10,000 links so many are there twice, from an ISBN that no edition has, or to a genre that is none; one of each at least.
DOUBLED_PER_10_000, UNKNOWN_PER_10_000 = 20, 10


class LinkFiles:
    """Writes genre.csv, numbered by the alphabet, and for editions, chunk by chunk, book_genre.csv and book_download_link.csv."""

    def __init__(self, stack: ExitStack, folder: Path, key: AnswerKey, genres: Sequence[str]) -> None:
        self._numbers = {name: str(number) for number, name in enumerate(sorted(genres), start=1)}
        self._genres = stack.enter_context(SourceFile(folder, "genre.csv", "genre", ("Id", "Name"), key))
        self._genres.write([Record(csv_line([number, name])) for name, number in self._numbers.items()])
        columns = ("BookISBN", "GenreId")
        self._book_genres = stack.enter_context(SourceFile(folder, "book_genre.csv", "book_genre", columns, key))
        columns = ("BookISBN", "Link")
        self._links = stack.enter_context(SourceFile(folder, "book_download_link.csv", "book_download_link", columns, key))

    @property
    def files(self) -> list[SourceFile]:
        """The three files."""
        return [self._genres, self._book_genres, self._links]

    def write(self, with_isbn: Sequence[Edition]) -> None:
        """Link the editions with their genres and, where they are e-books, with a file on a domain that can never exist."""
        genres = [
            _link(isbn10_of(edition.isbn13), self._numbers[genre]) for edition in with_isbn for genre in edition.work.genres
        ]
        strange = _to_unknown_isbns(len(genres), "1")
        strange += [
            _link(isbn10_of(edition.isbn13), UNKNOWN_GENRE, Planted("unknown_genre", "rejected", "GenreId", UNKNOWN_GENRE))
            for edition in with_isbn[: _share(len(genres), UNKNOWN_PER_10_000)]
        ]
        self._book_genres.write(apart(_with_doubles(genres), strange))
        ebooks = [
            (edition.isbn13, f"https://books.example/{edition.isbn13}.epub") for edition in with_isbn if edition.form == "ebook"
        ]
        links = [_link(isbn10_of(isbn13), address) for isbn13, address in ebooks]
        self._links.write(apart(_with_doubles(links), _to_unknown_isbns(len(links), "https://books.example/nothing.epub")))


def _link(isbn10: str, target: str, *planted: Planted) -> Record:
    return Record(csv_line([isbn10, target]), f"{isbn10}/{target}", list(planted))


def _share(size: int, per_10_000: int) -> int:
    return max(1, size * per_10_000 // 10_000)


def _with_doubles(links: list[Record]) -> list[Record]:
    """The links, the first ones of them twice in a row."""
    doubled = links[: _share(len(links), DOUBLED_PER_10_000)]
    again = [Record(link.data, link.key, [Planted("exact_duplicate", "merged")]) for link in doubled]
    return [*(record for pair in zip(doubled, again, strict=True) for record in pair), *links[len(doubled) :]]


def _to_unknown_isbns(size: int, target: str) -> list[Record]:
    planted = Planted("unknown_isbn", "rejected", "BookISBN", UNKNOWN_ISBN)
    return [_link(UNKNOWN_ISBN, target, planted) for _ in range(_share(size, UNKNOWN_PER_10_000))]
