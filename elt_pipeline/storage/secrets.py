"""The warehouse's passwords: given by the settings, else generated once and kept. Reading settings does not belong here."""

import json
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

ROLES = ("owner", "loader", "dbt", "app", "reader")


class SecretsUnreadable(Exception):
    """The file of generated passwords cannot be read or written; the message never quotes its content."""


def warehouse_passwords(var_dir: Path, given: Mapping[str, SecretStr | None] | None = None) -> dict[str, SecretStr]:
    """Return the password of each of ``ROLES``: the given one, else that of ``var/secrets.json``, generated at first use.

    Raises ``SecretsUnreadable``. Two processes at the first use end with the same passwords.
    """
    generated = _generated(var_dir / "secrets.json")
    chosen = {role: password for role, password in (given or {}).items() if password is not None}
    return {**{role: SecretStr(generated[role]) for role in ROLES}, **chosen}


def write_private(file: Path, text: str) -> None:
    """Write the file anew, so that only its owner can read it, whatever stood there before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")


def write_app_secrets(var_dir: Path, url: SecretStr) -> Path:
    """Write Streamlit's secrets file, mode 600, with the URL of the app's role; return its path."""
    file = var_dir / "app" / "secrets.toml"
    write_private(file, f"[warehouse]\nurl = {json.dumps(url.get_secret_value())}\n")
    return file


def _generated(file: Path) -> dict[str, str]:
    try:
        if not file.exists():
            _create(file)
        passwords = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SecretsUnreadable(
            f"{file}: {error.strerror}. Give yourself read and write permission there, or set VAR_DIR to a folder of yours."
        ) from error
    except ValueError:
        passwords = None
    if not isinstance(passwords, dict) or not all(isinstance(passwords.get(role), str) for role in ROLES):
        raise SecretsUnreadable(
            f"{file} is not the file of passwords that Booklake wrote: restore it, or remove it together with "
            f"{file.parent / 'postgres'}; the next run makes both anew."
        )
    return passwords


def _create(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, prefix="secrets.") as draft:  # of mode 600
        json.dump({role: secrets.token_urlsafe(24) for role in ROLES}, draft, indent=1)
        draft.flush()
        try:
            # A link appears whole or not at all, and never replaces what another process has just made.
            file.hardlink_to(draft.name)
        except FileExistsError:
            return
