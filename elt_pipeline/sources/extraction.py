"""How one source table is read in bounded memory and held against the source's own checksum. No connecting here."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl
from polars.io.plugins import register_io_source

from elt_pipeline.sources.dialects import BEYOND_ASCII, MARK, Dialect
from elt_pipeline.sources.drift import MatchedColumn
from elt_pipeline.sources.driver_words import cause, first_line, secrets_of
from elt_pipeline.sources.errors import SourceChanged, SourceUnavailable

# At the width of books some 10 MB, of which the reader holds a few.
ROWS_PER_BATCH = 20_000
SUMS = ("values that are not null", "bytes in them", "sum of their first bytes")


@dataclass(frozen=True)
class Extraction:
    """What is read of which table, from where, and how the source is asked for one row of numbers."""

    table: str
    columns: Sequence[MatchedColumn]
    dialect: Dialect
    # As connectorx takes it.
    address: str
    ask: Callable[[str], Sequence[int]]

    def rows(self, confirm: Callable[[], None]) -> pl.LazyFrame:
        """Return the table's rows lazily, every column text and named as in bronze; they are read batch by batch.

        The source adds up its checksum meanwhile. At the end both must agree, else ``SourceChanged`` is raised; then ``confirm``
        is called, which may raise too. So what is collected or written whole is what the source holds. Rows have no order.
        """
        new_names = [column.bronze_name for column in self.columns]
        texts = [_as_text(column) for column in self.columns]

        def read(
            with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, _: int | None
        ) -> Iterator[pl.DataFrame]:
            for batch in self._checked_batches(confirm):
                batch.columns = new_names
                rows = batch.select(texts) if predicate is None else batch.select(texts).filter(predicate)
                kept = rows if n_rows is None else rows.head(n_rows)
                yield kept if with_columns is None else kept.select(with_columns)
                n_rows = None if n_rows is None else n_rows - kept.height
                if n_rows == 0:
                    return

        return register_io_source(read, schema={name: pl.String() for name in new_names})

    def _checked_batches(self, confirm: Callable[[], None]) -> Iterator[pl.DataFrame]:
        expressions = [
            self.dialect.quoted(column.name) if column.is_text else self.dialect.marked_text(column.name, column.type)
            for column in self.columns
        ]
        sums = [part for expression in expressions for part in self.dialect.checksums(expression)]
        place = self.dialect.quoted(self.table)
        with ThreadPoolExecutor(max_workers=1) as aside:
            wanted = aside.submit(self.ask, f"select {', '.join(['count(*)', *sums])} from {place}")  # noqa: S608 - names of its own.
            found = [0] * (1 + len(sums))
            for batch in self._batches(f"select {', '.join(expressions)} from {place}"):  # noqa: S608 - the same.
                found = [one + other for one, other in zip(found, checksum(batch), strict=True)]
                yield batch
            self._compare(wanted.result(), found)
        confirm()

    def _batches(self, query: str) -> Iterator[pl.DataFrame]:
        import connectorx  # noqa: PLC0415 - a second that commands which never read the source should not pay.

        try:
            for batch in connectorx.read_sql(self.address, query, return_type="arrow_stream", batch_size=ROWS_PER_BATCH):
                yield pl.DataFrame(batch)
        except (
            BaseException
        ) as error:  # connectorx panics, which is no Exception: what would end the process must end the asset alone.
            if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
                raise
            secrets = secrets_of(self.address)
            raise SourceUnavailable(
                f"The source's table `{self.table}` could not be read: {first_line(error, secrets)}. "
                "Nothing of it was written: run it again, and see to that row or server if it stays."
            ) from cause(error, secrets)

    def _compare(self, wanted: Sequence[int], found: Sequence[int]) -> None:
        labels = ["rows", *(f"{sum_} of `{column.name}`" for column in self.columns for sum_ in SUMS)]
        different = [
            f"{label} {there:,} there, {read:,} read"
            for label, there, read in zip(labels, wanted, found, strict=True)
            if there != read
        ]
        if different:
            raise SourceChanged(
                f"The source's table `{self.table}` changed while it was read: {'; '.join(different[:3])}. "
                "Nothing of it was written: run it again."
            )


def checksum(rows: pl.DataFrame) -> list[int]:
    """Return the number of rows; then for each column how many texts are not null, their bytes and their first bytes added up.

    Equal to what ``Dialect.checksums`` asks of a source. It shows a row or text that is lost, doubled, cut or encoded anew, and
    an edit that changes a length or a first letter; not two cells exchanged, nor an edit of equal length behind the first letter.
    """
    counts, sizes, firsts = pl.all().count(), pl.all().str.len_bytes().sum(), pl.all().cast(pl.Binary).bin.slice(0, 1)
    codes = firsts.bin.reinterpret(dtype=pl.UInt8).clip(upper_bound=BEYOND_ASCII).cast(pl.Int64).sum()
    columns = zip(*(rows.select(part).row(0) for part in (counts, sizes.cast(pl.Int64), codes)), strict=True)
    return [rows.height, *(int(number) for column in columns for number in column)]


def _as_text(column: MatchedColumn) -> pl.Expr:
    text = pl.col(column.bronze_name).cast(pl.String)
    return text if column.is_text else pl.when(text != "").then(text.str.slice(len(MARK)))
