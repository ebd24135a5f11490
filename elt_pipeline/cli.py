"""The command `booklake`: its settings, its log and its commands. What each does is in commands/."""

import logging
import sys
from pathlib import Path
from typing import Any

import click

from elt_pipeline.commands import asking, doing, evaluating
from elt_pipeline.commands.complaints import EXPECTED, complaint
from elt_pipeline.settings import ROOT, read_settings

log = logging.getLogger("booklake")

COMMANDS = (
    *(doing.demo, doing.generate, doing.load, doing.refresh, doing.serve_people, doing.clean),
    *(asking.search, asking.recommend, evaluating.evaluate, asking.ledger, asking.status, asking.doctor, asking.env),
)


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


for command in COMMANDS:
    main.add_command(command)
