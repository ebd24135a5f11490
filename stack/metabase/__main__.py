"""The command `python -m stack.metabase`: its settings and words. What it does is in provisioning.py."""

from pathlib import Path

import click
from pydantic import ValidationError

from catalogue.cards import CardUnreadable, read_cards
from elt_pipeline.settings import ROOT, read_settings
from stack.errors import StackFailed
from stack.metabase.client import Metabase
from stack.metabase.provisioning import provision
from stack.settings import MetabaseSettings

FIRST_START_SECONDS = 300


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--env-file", default=str(ROOT / ".env"), help="The file of settings; exported variables win over it. Empty: none.")
@click.option("--wait", default=FIRST_START_SECONDS, type=click.IntRange(min=1), help="How many seconds to wait for Metabase.")
def main(env_file: str, wait: int) -> None:
    """Make Metabase show the cards of stack/metabase on one dashboard; run again, it changes only what differs."""
    changes: list[str] = []

    def report(change: str) -> None:
        changes.append(change)
        click.echo(change)

    try:
        read_settings(Path(env_file) if env_file else None)
        settings = MetabaseSettings()
        secrets = (settings.metabase_admin_password, settings.warehouse_reader_password)
        metabase = Metabase(settings.metabase_url, secrets)
        cards = read_cards()
        metabase.wait_until_ready(wait)
        address = provision(metabase, settings, cards, report)
    except ValidationError as error:
        names = ", ".join(sorted({str(found["loc"][0]).upper() for found in error.errors()}))
        raise click.ClickException(f"Missing in the settings: {names}. Compare your .env with env.template.") from error
    except (StackFailed, CardUnreadable, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{address}: {len(cards)} cards, " + (f"{len(changes)} changes." if changes else "nothing to change."))


if __name__ == "__main__":
    main()
