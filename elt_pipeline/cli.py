"""The commands for people: what they type and what they read. The work itself belongs to assets, catalogue and dataset."""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from elt_pipeline.commands import words
from elt_pipeline.commands.complaints import EXPECTED, complaint
from elt_pipeline.settings import ROOT, Settings, read_settings

if TYPE_CHECKING:
    from dataset.loader import LoadSummary

log = logging.getLogger("booklake")

as_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON alone.")


class Commands(click.Group):
    """The group of commands; what can go wrong outside our code ends in one sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            raise click.ClickException(complaint(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--env-file", help="A file of settings; exported variables win over it. Empty: none. Default: .env of the checkout."
)
@click.pass_context
def main(ctx: click.Context, env_file: str | None) -> None:
    """Run Booklake: from a bookshop's database to search that forgives and recommendations with reasons."""
    handler = logging.StreamHandler(sys.stderr if "--json" in sys.argv else sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
    given = Path(env_file) if env_file else None
    usual = ROOT / ".env"
    ctx.obj = read_settings(usual if env_file is None and usual.is_file() else given)


@main.command()
@click.option("--dataset", type=click.Path(path_type=Path), help="A folder of files; without it, the demo dataset is generated.")
@click.option("--serve/--no-serve", default=True, help="Serve the app and Dagit at the end, where there is a terminal.")
@as_json
@click.pass_context
def demo(ctx: click.Context, dataset: Path | None, *, serve: bool, as_json: bool) -> None:
    """Load, refresh, search and recommend, then serve: everything at once."""
    from elt_pipeline.commands.loading import demo_dataset
    from elt_pipeline.commands.questions import asking, example_answers

    _tell_places(ctx.obj, as_json=as_json)
    _load(ctx.obj, dataset or demo_dataset(ctx.obj.var), replace=False)
    _refresh(ctx.obj)
    with asking(ctx.obj) as connection:
        shown = example_answers(connection)
    _answer(shown, words.of_examples(shown), as_json=as_json)
    if serve and sys.stdin.isatty():
        ctx.invoke(serve_people)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Also replace the tables of a database that was not filled by this command.")
@as_json
@click.pass_obj
def load(settings: Settings, folder: Path, *, replace: bool, as_json: bool) -> None:
    """Make the source database hold exactly the rows of FOLDER's files."""
    _tell_places(settings, as_json=as_json)
    summary = _load(settings, folder, replace=replace)
    if as_json:
        click.echo(words.of_json(summary))


@main.command()
@as_json
@click.pass_obj
def refresh(settings: Settings, *, as_json: bool) -> None:
    """Bring every table up to date with the source."""
    _tell_places(settings, as_json=as_json)
    run_id = _refresh(settings)
    if as_json:
        click.echo(words.of_json({"run_id": run_id, "outcome": "succeeded"}))


@main.command()
@click.argument("query")
@click.option("--max-results", type=click.IntRange(1, 100), default=10, show_default=True, help="How many books at most.")
@as_json
@click.pass_obj
def search(settings: Settings, query: str, max_results: int, *, as_json: bool) -> None:
    """Find books by title, author, series or ISBN; misspelt will do."""
    from catalogue.search import search_books
    from elt_pipeline.commands.questions import asking

    _tell_places(settings, as_json=as_json)
    with asking(settings) as connection:
        found = search_books(connection, query, max_results)
    _answer(found, words.of_search(query, found), as_json=as_json)


@main.command()
@click.option("--like", "liked", multiple=True, required=True, help="A book that you like, by words or work_id; repeat for more.")
@click.option("--dislike", "disliked", multiple=True, help="A book that you do not like.")
@click.option("--max-results", type=click.IntRange(1, 100), default=10, show_default=True, help="How many books at most.")
@as_json
@click.pass_obj
def recommend(settings: Settings, liked: tuple[str, ...], disliked: tuple[str, ...], max_results: int, *, as_json: bool) -> None:
    """Recommend books for somebody who likes others, with the reason of each."""
    from catalogue.for_you import recommend as recommend_books
    from elt_pipeline.commands.questions import asking, named_books

    _tell_places(settings, as_json=as_json)
    with asking(settings) as connection:
        chosen, refused = (named_books(connection, names) for names in (liked, disliked))
        found = recommend_books(connection, list(chosen), list(refused), max_results)
    _answer(found, words.of_recommendations(chosen, found, refused), as_json=as_json)


@main.command()
@click.option("--rejected", is_flag=True, help="Show the rejected rows themselves.")
@click.option("--max-rows", type=click.IntRange(1), default=20, show_default=True, help="How many rows of each reason at most.")
@as_json
@click.pass_obj
def ledger(settings: Settings, max_rows: int, *, rejected: bool, as_json: bool) -> None:
    """Show what became of every row of the source."""
    _tell_places(settings, as_json=as_json)
    if rejected:
        from elt_pipeline.commands.lake_questions import rejected_rows

        rows = rejected_rows(settings, max_rows)
        _answer(rows, words.of_rejected_rows(rows), as_json=as_json)
        return
    from catalogue.ledger import row_ledger
    from elt_pipeline.commands.questions import asking

    with asking(settings) as connection:
        counts = row_ledger(connection)
    _answer(counts, words.of_ledger(counts), as_json=as_json)


@main.command()
@click.option("--hashes", is_flag=True, help="Also compute the content hash of each table of the lake.")
@as_json
@click.pass_obj
def status(settings: Settings, *, hashes: bool, as_json: bool) -> None:
    """Show each table of the lake: rows, bytes, version, and the run that wrote it."""
    from elt_pipeline.commands.lake_questions import table_states

    _tell_places(settings, as_json=as_json)
    states = table_states(settings, with_hashes=hashes)
    _answer(states, words.of_tables(states), as_json=as_json)


@main.command("serve")
@click.pass_obj
def serve_people(settings: Settings) -> None:
    """Serve the app and Dagit on this machine until Ctrl-C."""
    from elt_pipeline.commands.servers import serve_until_interrupted

    _tell_places(settings, as_json=False)
    serve_until_interrupted(settings, click.echo)


@main.command()
@as_json
@click.pass_obj
def doctor(settings: Settings, *, as_json: bool) -> None:
    """Say what works here, what does not, and how to mend it."""
    from elt_pipeline.doctor import examine

    _tell_places(settings, as_json=as_json)
    findings = examine(settings)
    _answer(findings, words.of_findings(findings), as_json=as_json)
    if not all(finding.works for finding in findings):
        raise SystemExit(1)


@main.command()
@click.option("--secrets", is_flag=True, help="With the passwords, for eval.")
@as_json
@click.pass_obj
def env(settings: Settings, *, secrets: bool, as_json: bool) -> None:
    """Print the places in use as settings, and the URL of the analysts' role."""
    from elt_pipeline.commands.places import exported_places

    found = exported_places(settings, with_secrets=secrets)
    _answer(found, words.of_exports(found), as_json=as_json)


@main.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def clean(settings: Settings, *, yes: bool) -> None:
    """Remove what is embedded: the source, the lake, the private Postgres and Dagster's history."""
    from elt_pipeline.commands.places import remove_embedded

    if not yes:
        click.confirm(f"Remove {settings.var} and all that is in it?", abort=True)
    remove_embedded(settings)
    click.echo(f"Removed {settings.var}.")


def _tell_places(settings: Settings, *, as_json: bool) -> None:
    from elt_pipeline.commands.places import in_words

    click.echo(in_words(settings), err=as_json)


def _load(settings: Settings, folder: Path, *, replace: bool) -> "LoadSummary":
    from elt_pipeline.commands.loading import load_into_source

    with words.progress_bar() as report:
        summary = load_into_source(settings, folder, report, replace=replace)
    log.info(words.of_load(folder, summary))
    return summary


def _refresh(settings: Settings) -> str:
    from elt_pipeline.runs import refresh as run_refresh

    log.info("Refreshing:")
    ended = run_refresh(settings)
    if ended.failures:
        raise click.ClickException(words.of_failures(ended.run_id, ended.failures))
    log.info("Everything is up to date after %.1f s.", ended.seconds)
    return ended.run_id


def _answer(answer: object, text: str, *, as_json: bool) -> None:
    click.echo(words.of_json(answer) if as_json else text)
