"""The command `python -m stack`: its settings and words. What it does is in up and report."""

import os
import subprocess
import sys
import time
from pathlib import Path

import click
from pydantic import ValidationError

from elt_pipeline.settings import ROOT, read_settings
from stack import report, starting
from stack import up as bringing
from stack.errors import StackFailed
from stack.servers import Stack
from stack.settings import StackSettings

WAIT_SECONDS = 300


class Commands(click.Group):
    """The group of commands; what can go wrong outside our code ends in one message and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (OSError, ValidationError) as error:
            raise click.ClickException(_words(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--env-file", type=click.Path(path_type=Path), default=ROOT / ".env", help="The file of settings.")
@click.pass_context
def main(ctx: click.Context, env_file: Path) -> None:
    """Run the servers of Booklake as plain processes of this machine."""
    if ctx.invoked_subcommand == "install":  # It is the same for all settings.
        return
    if not env_file.exists() and ctx.invoked_subcommand == "up":
        subprocess.run([str(ROOT / "scripts" / "make_env.sh"), str(env_file)], check=True)  # noqa: S603 -- our own script
    settings = read_settings(env_file)
    ctx.obj = Stack(StackSettings(), settings)


@main.command()
@click.pass_obj
def up(stack: Stack) -> None:
    """Start every server that does not run, and end when all are healthy."""
    began = time.monotonic()
    bringing.up(stack, click.echo)
    click.echo(report.table(report.look(stack)))
    click.echo(
        f"All healthy after {time.monotonic() - began:.0f} s. make down ends them, make logs SERVICE=name shows what one says."
    )


@main.command()
def install() -> None:
    """Install, build and fetch what the servers need and is not there; start none."""
    bringing.install(click.echo)


@main.command()
@click.pass_obj
def down(stack: Stack) -> None:
    """End every server, the last started first."""
    bringing.down(stack, click.echo)
    click.echo("No server of ours runs.")


@main.command()
@click.pass_obj
def status(stack: Stack) -> None:
    """Print the servers with state, memory, version and address; exit code 1 where one is not healthy."""
    rows = report.look(stack)
    click.echo(report.table(rows))
    if not stack.supervisor().answers() and any(row.is_healthy for row in rows):
        click.echo("supervisord is gone, so no server that ends is started again: make up")
    sys.exit(0 if all(row.is_healthy for row in rows) else 1)


@main.command()
@click.argument("service", required=False)
@click.pass_obj
def logs(stack: Stack, service: str | None) -> None:
    """Follow what a server says; without a name, list the logs."""
    if service is None:
        for name in stack.names:
            file = stack.places.log_of(name)
            size = file.stat().st_size if file.exists() else 0
            click.echo(f"{name:<16} {size:>10,} bytes  {file}")
        return
    if service not in stack.names:
        raise StackFailed(f"There is no server {service}. There are: {', '.join(stack.names)}.")
    os.execvp("tail", ["tail", "-n", "100", "-F", str(stack.places.log_of(service))])  # noqa: S606, S607 -- becomes the system's tail


@main.command()
@click.pass_obj
def wait(stack: Stack) -> None:
    """Wait until every server is healthy, without starting any."""
    starting.wait(stack, WAIT_SECONDS)


@main.command()
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.pass_obj
def remove(stack: Stack, *, yes: bool) -> None:
    """Remove what the servers keep: the source, the lake, the warehouse, Dagster's history. Refused while they run."""
    if not yes:
        click.confirm(f"Remove {stack.places.root} and all that is in it?", abort=True)
    bringing.remove(stack)
    click.echo(f"Removed {stack.places.root}.")


def _words(error: OSError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        names = ", ".join(sorted({str(part["loc"][0]).upper() for part in error.errors()}))
        return f"Missing or wrong in the settings: {names}. Compare your .env with env.template, or have a new one made: make env"
    return str(error)


if __name__ == "__main__":
    main()
