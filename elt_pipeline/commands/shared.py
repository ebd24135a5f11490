"""What the commands have in common: how an answer is printed, and the line that names the places in use."""

import click

from elt_pipeline.commands import words
from elt_pipeline.settings import Settings

as_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON alone.")


def tell_places(settings: Settings, *, as_json: bool) -> None:
    """Print which source, lake, engine and warehouse are used; beside the answer where that is JSON."""
    from elt_pipeline.commands.places import in_words

    click.echo(in_words(settings), err=as_json)


def answer(found: object, text: str, *, as_json: bool) -> None:
    """Print an answer, as JSON or in words."""
    click.echo(words.of_json(found) if as_json else text)
