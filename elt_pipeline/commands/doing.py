"""The commands that change something: demo, generate, load, refresh, maintain, serve, clean. The work belongs elsewhere."""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from elt_pipeline.commands import words
from elt_pipeline.commands.shared import answer, as_json, tell_places
from elt_pipeline.settings import Settings

if TYPE_CHECKING:
    from dataset.loading.summaries import LoadSummary

log = logging.getLogger("booklake")

# What the generator can do; a test holds it to that, and no command has to import it to say so.
BOOK_COUNT, READER_COUNT = click.IntRange(150, 3_000_000), click.IntRange(20, 900_000)

mapped = click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="FIELD=HEADING",
    help="Which column of a catalogue is which, where its headings do not say: --map title=Titel,isbn=EAN",
)
ACCEPT_HELP = "Publish although this measure fell: gold.works.row_count, or gold.works for all of that table. May be given again."


def _known_measures(_ctx: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names; refuse one that no measure has, since nothing would be accepted by it."""
    if not names:
        return names
    from elt_pipeline.baseline_checks import measure_names
    from elt_pipeline.model_checks import MEASURES
    from elt_pipeline.transforms.baselines import is_accepted

    known = [*measure_names(), *MEASURES.values()]
    unknown = [name for name in names if not any(is_accepted(measure, [name]) for measure in known)]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)} names no measure. A refresh that is held back says which one to give.")
    return names


@click.command()
@click.option(
    "--dataset",
    type=click.Path(path_type=Path),
    help="A CSV file or a folder of them; without it, the demo dataset is generated.",
)
@mapped
@click.option("--books", type=BOOK_COUNT, help="How many editions the demo dataset has; by default 20,000.")
@click.option("--serve/--no-serve", default=True, help="Serve the app and Dagit at the end, where there is a terminal.")
@as_json
@click.pass_context
def demo(
    ctx: click.Context, dataset: Path | None, books: int | None, *, mapping: tuple[str, ...], serve: bool, as_json: bool
) -> None:
    """Load, refresh, search and recommend, then serve: everything at once."""
    from elt_pipeline.commands.loading import demo_dataset
    from elt_pipeline.commands.questions import asking, example_answers

    tell_places(ctx.obj, as_json=as_json)
    if dataset is None:
        with words.generating_bar() as report:
            dataset = demo_dataset(ctx.obj.var, books, report)
    _load(ctx.obj, dataset, mapping, replace=False)
    _refresh(ctx.obj)
    with asking(ctx.obj) as connection:
        shown = example_answers(connection)
    answer(shown, words.of_examples(shown), as_json=as_json)
    if serve and sys.stdin.isatty():
        ctx.invoke(serve_people)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--books", type=BOOK_COUNT, help="How many editions; by default 20,000.")
@click.option("--readers", type=READER_COUNT, help="How many readers; by default so many as fit the books.")
@click.option("--seed", type=int, help="Another seed gives another dataset.")
def generate(folder: Path, books: int | None, readers: int | None, seed: int | None) -> None:
    """Write a demo dataset with its answer key into FOLDER; nothing is loaded."""
    from dataset.generating.generator import DEFAULT_BOOKS, DEFAULT_SEED, generate_dataset

    with words.generating_bar() as report:
        generate_dataset(
            folder,
            seed=DEFAULT_SEED if seed is None else seed,
            book_count=DEFAULT_BOOKS if books is None else books,
            reader_count=readers,
            report=report,
        )
    click.echo(f"{folder} is there. Load it with `booklake load {folder}`; answer_key.json says what is true in it.")


@click.command()
@click.argument("file_or_folder", type=click.Path(path_type=Path))
@mapped
@click.option("--replace", is_flag=True, help="Also replace the tables of a database that was not filled by this command.")
@as_json
@click.pass_obj
def load(settings: Settings, file_or_folder: Path, *, mapping: tuple[str, ...], replace: bool, as_json: bool) -> None:
    """Make the source database hold exactly the rows of a CSV file, or of a folder of them.

    Exports of Calibre, Goodreads and LibraryThing are known by their headings; of any other catalogue the headings that say what
    they are, or what --map says. Fields: title, authors, isbn, publisher, year, month, day, date, language, pages, description,
    series, series_number, rating, my_rating, id, genres, link.
    """
    tell_places(settings, as_json=as_json)
    summary = _load(settings, file_or_folder, mapping, replace=replace)
    if as_json:
        click.echo(words.of_json(summary))


@click.command()
@click.option("--accept", "accepted", multiple=True, metavar="NAME", callback=_known_measures, help=ACCEPT_HELP)
@as_json
@click.pass_obj
def refresh(settings: Settings, accepted: tuple[str, ...], *, as_json: bool) -> None:
    """Bring every table up to date with the source."""
    tell_places(settings, as_json=as_json)
    run_id = _refresh(settings, accepted)
    if as_json:
        click.echo(words.of_json({"run_id": run_id, "outcome": "succeeded"}))


@click.command()
@click.option(
    "--kept-days", type=click.IntRange(0), default=30, show_default=True, help="How many days of each table's history stay."
)
@as_json
@click.pass_obj
def maintain(settings: Settings, kept_days: int, *, as_json: bool) -> None:
    """Compact the lake's files and remove those that only old versions need; no row changes."""
    from elt_pipeline.runs import maintain as run_maintenance

    tell_places(settings, as_json=as_json)
    log.info("Maintaining:")
    ended, tables = run_maintenance(settings, kept_days)
    if ended.failures:
        raise click.ClickException(words.of_failures(ended.run_id, ended.failures, "maintenance"))
    log.info(words.of_maintenance(tables, ended.seconds))
    if as_json:
        click.echo(words.of_json({"run_id": ended.run_id, "tables": tables}))


@click.command("serve")
@click.pass_obj
def serve_people(settings: Settings) -> None:
    """Serve the app and Dagit on this machine until Ctrl-C."""
    from elt_pipeline.commands.servers import serve_until_interrupted

    tell_places(settings, as_json=False)
    serve_until_interrupted(settings, click.echo)


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def clean(settings: Settings, *, yes: bool) -> None:
    """Remove what is embedded: the source, the lake, the private Postgres and Dagster's history."""
    from elt_pipeline.commands.places import remove_embedded

    if not yes:
        click.confirm(f"Remove {settings.var} and all that is in it?", abort=True)
    remove_embedded(settings)
    kept = sorted(place.name for place in settings.var.glob("*"))
    left = f" {', '.join(kept)} stay{'s' if len(kept) == 1 else ''}: Booklake did not make {'it' if len(kept) == 1 else 'them'}."
    click.echo(f"Removed what Booklake made in {settings.var}.{left if kept else ''}")


def _load(settings: Settings, place: Path, mapping: tuple[str, ...], *, replace: bool) -> "LoadSummary":
    from elt_pipeline.commands.loading import load_into_source

    with words.progress_bar() as report:
        summary = load_into_source(settings, place, report, mapping=mapping, replace=replace)
    log.info(words.of_load(place, summary))
    return summary


def _refresh(settings: Settings, accepted: tuple[str, ...] = ()) -> str:
    from elt_pipeline.runs import refresh as run_refresh

    log.info("Refreshing:")
    ended = run_refresh(settings, accepted)
    for warning in ended.warnings:
        log.warning("  Note: %s", warning)
    if ended.failures:
        raise click.ClickException(words.of_failures(ended.run_id, ended.failures))
    log.info("Everything is up to date after %.1f s.", ended.seconds)
    return ended.run_id
