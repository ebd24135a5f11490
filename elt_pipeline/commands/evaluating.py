"""The command that judges recommenders on any file of ratings, without the lake. Models and protocol are in recommender/."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
import polars as pl

from elt_pipeline.commands.shared import answer, as_json

if TYPE_CHECKING:
    from elt_pipeline.recommender.protocol import Evaluation

COLUMNS = {"userid": "reader_id", "bookid": "work_id", "rating": "stars"}
METRICS = ("ndcg@10", "ndcg@100", "recall@20", "recall@50", "coverage@20")
VARIANTS = {
    "ndcg": "binary gain, 1/log2(rank + 1), ideal list cut at min(K, targets)",
    "recall": "hits / min(K, targets)",
    "coverage": "share of the works that stand in any reader's first K",
    "interval": "95 %, normal over readers; the widest of the seeds",
}


@click.command()
@click.option(
    "--ratings",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file with the columns UserId, BookId and Rating.",
)
@click.option("--positive-from", type=float, default=4, show_default=True, help="From which rating a reader liked a book.")
@click.option("--seeds", type=click.IntRange(1, 100), default=5, show_default=True, help="How many random splits.")
@as_json
def evaluate(file: Path, positive_from: float, seeds: int, *, as_json: bool) -> None:
    """Judge popularity, item kNN and EASE on the readers of a file: what each recommends to somebody it has not seen."""
    from elt_pipeline.recommender.likes import likes_from
    from elt_pipeline.recommender.protocol import TooFewReaders
    from elt_pipeline.recommender.protocol import evaluate as judge_models

    ratings, unreadable = read_ratings(file)
    likes = likes_from(ratings, positive_from)
    if likes.matrix.nnz == 0:
        highest = ratings["stars"].max()
        raise click.ClickException(
            f"{file}: no rating is {positive_from:g} or higher, the highest is {highest!r}: lower --positive-from."
        )
    try:
        found = judge_models(likes.matrix, range(seeds), lambda told: click.echo(told, err=True))
    except TooFewReaders as error:
        raise click.ClickException(f"{file}: {error} Take a file with more readers, or lower --positive-from.") from error
    sizes = {"ratings": ratings.height, "likes": int(likes.matrix.nnz), "unreadable_rows": unreadable}
    report = {"file": str(file), "positive_from": positive_from, "seeds": seeds} | sizes | {"variants": VARIANTS} | asdict(found)
    answer(report, in_words(file, sizes, found), as_json=as_json)


def read_ratings(file: Path) -> tuple[pl.DataFrame, int]:
    """Return ``reader_id``, ``work_id`` and ``stars`` of each row, and how many rows are left out, as one of them is no number.

    Columns are found by name, whatever their case and order. Raises ``ClickException`` where one is missing.
    """
    try:
        raw = pl.read_csv(file, infer_schema=False, encoding="utf8-lossy", truncate_ragged_lines=True)
    except (pl.exceptions.ComputeError, pl.exceptions.NoDataError) as error:
        raise click.ClickException(f"{file} cannot be read as CSV: {str(error).splitlines()[0]}.") from error
    names = {name.strip().strip("\ufeff").lower(): name for name in raw.columns}
    missing = [name for name in ("UserId", "BookId", "Rating") if name.lower() not in names]
    if missing:
        has = ", ".join(raw.columns)
        raise click.ClickException(
            f"{file}: missing column {', '.join(missing)}; it has {has}. Rename its columns, or take another file."
        )
    named = raw.select(pl.col(names[given]).str.strip_chars().alias(ours) for given, ours in COLUMNS.items())
    typed = named.with_columns(pl.col("work_id").cast(pl.Int64, strict=False), pl.col("stars").cast(pl.Float64, strict=False))
    usable = typed.drop_nulls()
    return usable, raw.height - usable.height


def in_words(file: Path, sizes: dict[str, int], found: "Evaluation") -> str:
    """Return the figures as a table, what they were measured on, and what was left out."""
    by_model: dict[str, dict[str, str]] = {}
    for figure in found.figures:
        margin = f" ±{figure.margin:.3f}" if figure.margin else ""
        by_model.setdefault(figure.model, {})[figure.metric] = f"{figure.mean:.4f}{margin}"
    counts = asdict(found.counts[0])
    dropped = ", ".join(
        f"{count:,} {name.removeprefix('dropped_').replace('_', ' ')}"
        for name, count in counts.items()
        if name.startswith("dropped")
    )
    lines = [
        f"{file}: {sizes['ratings']:,} ratings, {sizes['likes']:,} likes; {sizes['unreadable_rows']:,} rows are no ratings.",
        f"First seed: {counts['training_readers']:,} training, {counts['validation_readers']:,} validation and "
        f"{counts['test_readers']:,} test readers, {counts['works']:,} works, {counts['training_likes']:,} training likes.",
        f"Left out: {dropped}.",
        f"  {'':<20}" + "".join(f"{metric:>16}" for metric in METRICS),
        *(f"  {model:<20}" + "".join(f"{cells[metric]:>16}" for metric in METRICS) for model, cells in by_model.items()),
        *(f"{name}: {meaning}." for name, meaning in VARIANTS.items()),
    ]
    return "\n".join(lines)
