"""The raw tables together, for what is about all of them: records and ledger. How each is judged belongs to its own module."""

from dataclasses import dataclass

from pyspark.sql import DataFrame

from elt_pipeline.contracts import source


@dataclass(frozen=True)
class RawTables:
    """Every bronze table that comes from the source database, by the name of its contract."""

    books: DataFrame
    genres: DataFrame
    book_genres: DataFrame
    ratings: DataFrame
    user_ratings: DataFrame
    book_download_links: DataFrame
    load_rejects: DataFrame

    def by_source_table(self) -> dict[str, DataFrame]:
        """Return the raw rows by the name of their table in the source; lines that are no rows are left out."""
        return {
            source.BOOK.name: self.books,
            source.GENRE.name: self.genres,
            source.BOOK_GENRE.name: self.book_genres,
            source.RATING.name: self.ratings,
            source.USER_RATING.name: self.user_ratings,
            source.BOOK_DOWNLOAD_LINK.name: self.book_download_links,
        }
