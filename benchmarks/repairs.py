"""How much of what is provable was repaired, and whether anything wrongly, by the answer key of a generated dataset."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import polars as pl

from elt_pipeline.contracts import bronze, silver
from elt_pipeline.session import lake_of
from elt_pipeline.settings import read_settings
from elt_pipeline.storage.delta.lake import Lake

# Quirks that take the value itself away: after them, nothing but null is right.
LOST_BY = {
    "isbn13": {"isbn_missing", "isbn_check_digit_wrong", "isbn_check_digit_lost", "isbn_scientific", "asin_for_isbn"},
    "language_code": {"language_missing", "language_unknown"},
    "page_count": {"pages_zero", "pages_too_many", "pages_negative"},
    "publish_date": {"impossible_date", "month_over_12", "year_before_era", "year_too_late", "year_zero"},
}
NAMES_IN_KEY = {"isbn13": "isbn13", "language_code": "language", "page_count": "page_count", "publish_date": "publish_date"}
COUNTS = {
    "five_star_count": "RatingDist5",
    "four_star_count": "RatingDist4",
    "three_star_count": "RatingDist3",
    "two_star_count": "RatingDist2",
    "one_star_count": "RatingDist1",
    "rating_count": "RatingDistTotal",
}


@dataclass(frozen=True)
class Repairs:
    """Of one column: values that the source proves, those of them that stand in the lake, and values that are not true."""

    column: str
    provable: int
    right: int
    wrong: int

    @property
    def share(self) -> float:
        """The share of the provable values that stand in the lake; 1 where nothing is provable."""
        return self.right / self.provable if self.provable else 1.0


def score(column: str, truth: pl.Series, found: pl.Series, is_lost: pl.Series) -> Repairs:
    """Compare a column with what is true; ``is_lost`` marks rows whose value the source no longer holds.

    The three are in the same order. A value that is not null and not the true one is wrong, whether it was provable or not.
    """
    rows = pl.DataFrame({"truth": truth, "found": found, "is_lost": is_lost})
    provable = rows.filter(pl.col("truth").is_not_null() & ~pl.col("is_lost"))
    right = provable.filter(pl.col("found") == pl.col("truth")).height
    wrong = rows.filter(pl.col("found").is_not_null() & ~pl.col("found").eq_missing(pl.col("truth"))).height
    return Repairs(column, provable.height, right, wrong)


def score_facts(key: Mapping[str, Any], editions: pl.DataFrame) -> list[Repairs]:
    """Compare dates, ISBNs, languages and pages of the kept editions with the answer key."""
    lost = {(planted["file"], planted["line"], planted["quirk"]) for planted in key["planted"]}
    facts = {fact["edition_id"]: fact for fact in key["editions"]}
    truths = [facts[edition_id] for edition_id in editions["edition_id"]]
    return [
        score(
            column,
            pl.Series([fact[NAMES_IN_KEY[column]] for fact in truths]),
            editions[column].cast(pl.String) if column == "publish_date" else editions[column],
            pl.Series([any((fact["file"], fact["line"], quirk) in lost for quirk in quirks) for fact in truths]),
        )
        for column, quirks in LOST_BY.items()
    ]


def score_counts(books: pl.DataFrame, editions: pl.DataFrame) -> list[Repairs]:
    """Compare the counts with the digits at the end of the source's text, of books whose Id stands there once."""
    once = books.filter(pl.col("Id").is_unique()).with_columns(pl.col("Id").cast(pl.Int64, strict=False).alias("edition_id"))
    joined = editions.join(once, on="edition_id", how="inner")
    nothing = pl.repeat(value=False, n=joined.height, eager=True)
    digits = {column: joined[text].str.extract(r"^(?:\w+:)?(\d+)$").cast(pl.Int64) for column, text in COUNTS.items()}
    return [score(column, digits[column], joined[column], nothing) for column in COUNTS]


def measured(lake: Lake, answer_key: Path) -> list[Repairs]:
    """Compare a lake with the answer key of the dataset that it was filled with."""
    key = json.loads(answer_key.read_text(encoding="utf-8"))
    editions, books = lake.scan(silver.EDITIONS).collect(), lake.scan(bronze.BOOKS).collect()
    return [*score_facts(key, editions), *score_counts(books, editions)]


@click.command()
@click.option("--answer-key", type=click.Path(path_type=Path), help="Default: that of the demo dataset under VAR_DIR.")
@click.option("--env-file", default=".env", help="A file of settings; exported variables win over it. Empty: none.")
def main(answer_key: Path | None, env_file: str) -> None:
    """Print, per column, how much of what is provable was repaired, as Markdown."""
    settings = read_settings(Path(env_file) if env_file else None)
    key = answer_key or settings.var / "demo-dataset" / "answer_key.json"
    click.echo("| column | provable | repaired | share | wrong |\n|---|--:|--:|--:|--:|")
    for found in measured(lake_of(settings), key):
        click.echo(f"| {found.column} | {found.provable:,} | {found.right:,} | {found.share:.4%} | {found.wrong:,} |")


if __name__ == "__main__":
    main()
