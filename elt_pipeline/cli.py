"""The command `booklake`: its settings, its log and its commands. What each does is in commands/."""

import logging
import signal
import sys
from pathlib import Path
from typing import Any

import click

from elt_pipeline.commands import asking, doing, evaluating, words
from elt_pipeline.commands.complaints import EXPECTED, complaint
from elt_pipeline.settings import ROOT, read_settings
from elt_pipeline.stopping import EXIT_CODES, Stopped, leave, stopping_in_order

log = logging.getLogger("booklake")

COMMANDS = (
    *(doing.demo, doing.generate, doing.load, doing.refresh, doing.maintain, doing.serve_people, doing.clean),
    *(
        asking.search,
        asking.recommend,
        evaluating.evaluate,
        asking.ledger,
        asking.status,
        asking.history,
        asking.doctor,
        asking.env,
    ),
)


class Commands(click.Group):
    """The group of commands; what can go wrong outside our code, and Ctrl-C, end in one sentence and a code of their own."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Be the program; one that a signal ended leaves at once, since its engine's threads would be waited for to the end."""
        try:
            return super().__call__(*args, **kwargs)
        except SystemExit as ended:
            if ended.code in EXIT_CODES:
                leave(int(ended.code))
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with stopping_in_order():
            try:
                return super().invoke(ctx)
            except EXPECTED as error:
                raise click.ClickException(complaint(error)) from error
            except KeyboardInterrupt as interrupt:
                # Some libraries answer Ctrl-C by themselves.
                stopped = interrupt if isinstance(interrupt, Stopped) else Stopped(signal.SIGINT)
                click.echo(words.of_stopped(stopped, ctx.invoked_subcommand), err=True)
                ctx.exit(stopped.exit_code)


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
