"""The commands that only ask: search, recommend, ledger, status, history, doctor, env. The answers belong elsewhere."""

import click

from elt_pipeline.commands import words
from elt_pipeline.commands.shared import answer, as_json, tell_places
from elt_pipeline.settings import Settings


@click.command()
@click.argument("query")
@click.option("--max-results", type=click.IntRange(1, 100), default=10, show_default=True, help="How many books at most.")
@as_json
@click.pass_obj
def search(settings: Settings, query: str, max_results: int, *, as_json: bool) -> None:
    """Find books by title, author, series or ISBN; misspelt will do."""
    from catalogue.search import search_books
    from elt_pipeline.commands.questions import asking

    tell_places(settings, as_json=as_json)
    with asking(settings) as connection:
        found = search_books(connection, query, max_results)
    answer(found, words.of_search(query, found), as_json=as_json)


@click.command()
@click.option("--like", "liked", multiple=True, required=True, help="A book that you like, by words or work_id; repeat for more.")
@click.option("--dislike", "disliked", multiple=True, help="A book that you do not like.")
@click.option("--max-results", type=click.IntRange(1, 100), default=10, show_default=True, help="How many books at most.")
@as_json
@click.pass_obj
def recommend(settings: Settings, liked: tuple[str, ...], disliked: tuple[str, ...], max_results: int, *, as_json: bool) -> None:
    """Recommend books for somebody who likes others, with the reason of each."""
    from catalogue.for_you import recommend as recommend_books
    from elt_pipeline.commands.questions import asking, named_books

    tell_places(settings, as_json=as_json)
    with asking(settings) as connection:
        chosen, refused = (named_books(connection, names) for names in (liked, disliked))
        found = recommend_books(connection, list(chosen), list(refused), max_results)
    answer(found, words.of_recommendations(chosen, found, refused), as_json=as_json)


@click.command()
@click.option("--rejected", "outcome", flag_value="rejected", help="Show the rejected rows themselves.")
@click.option("--merged", "outcome", flag_value="merged", help="Show the merged rows themselves, and what each was merged into.")
@click.option("--max-rows", type=click.IntRange(1), default=20, show_default=True, help="How many rows of each reason at most.")
@as_json
@click.pass_obj
def ledger(settings: Settings, outcome: str | None, max_rows: int, *, as_json: bool) -> None:
    """Show what became of every row of the source."""
    tell_places(settings, as_json=as_json)
    if outcome:
        from elt_pipeline.commands.lake_questions import recorded_rows
        from elt_pipeline.contracts import silver

        table = silver.REJECTED_ROWS if outcome == "rejected" else silver.MERGED_ROWS
        rows = recorded_rows(settings, table, max_rows)
        answer(rows, words.of_recorded_rows(rows, outcome), as_json=as_json)
        return
    from catalogue.ledger import row_ledger
    from elt_pipeline.commands.questions import asking

    with asking(settings) as connection:
        counts = row_ledger(connection)
    answer(counts, words.of_ledger(counts), as_json=as_json)


@click.command()
@click.option("--hashes", is_flag=True, help="Also compute the content hash of each table of the lake.")
@as_json
@click.pass_obj
def status(settings: Settings, *, hashes: bool, as_json: bool) -> None:
    """Show each table of the lake: rows, bytes, version, and the run that wrote it."""
    from elt_pipeline.commands.lake_questions import table_states

    tell_places(settings, as_json=as_json)
    states = table_states(settings, with_hashes=hashes)
    answer(states, words.of_tables(states), as_json=as_json)


@click.command()
@click.argument("table")
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many versions at most.")
@as_json
@click.pass_obj
def history(settings: Settings, table: str, last: int, *, as_json: bool) -> None:
    """Show the versions of TABLE, say gold.works: when and by which run each was written, its rows, and if it is still there."""
    from elt_pipeline.commands.lake_questions import table_named, table_versions

    try:
        contract = table_named(table)
    except LookupError as error:
        raise click.BadParameter(str(error.args[0])) from error
    tell_places(settings, as_json=as_json)
    found = table_versions(settings, contract, last)
    answer(found, words.of_history(table, found), as_json=as_json)


@click.command()
@as_json
@click.pass_obj
def doctor(settings: Settings, *, as_json: bool) -> None:
    """Say what works here, what does not, and how to mend it."""
    from elt_pipeline.doctor import examine

    tell_places(settings, as_json=as_json)
    findings = examine(settings)
    answer(findings, words.of_findings(findings), as_json=as_json)
    if not all(finding.works for finding in findings):
        raise SystemExit(1)


@click.command()
@click.option("--secrets", is_flag=True, help="With the passwords, for eval.")
@as_json
@click.pass_obj
def env(settings: Settings, *, secrets: bool, as_json: bool) -> None:
    """Print the places in use as settings, and the URL of the analysts' role."""
    from elt_pipeline.commands.places import exported_places

    found = exported_places(settings, with_secrets=secrets)
    answer(found, words.of_exports(found), as_json=as_json)
