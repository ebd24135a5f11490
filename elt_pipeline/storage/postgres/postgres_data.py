"""The embedded server's data folder: where it lies and its first set-up. Starting the server belongs to embedded_postgres."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from psycopg import sql
from pydantic import SecretStr

from elt_pipeline.storage.postgres.postgres_binaries import ENVIRONMENT, PostgresBinaries, PostgresUnavailable, as_user

DATABASE = "booklake"
OWNER = "booklake_owner"
OUTSIDE = Path("/var/lib/booklake")
HOST_BASED_ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"


def data_user(var_dir: Path, user: str | None) -> str | None:
    """The user that the server runs as: for root the owner of an existing data folder, else the given one."""
    data = var_dir / "postgres"
    if user is None or not data.is_dir():
        return user
    try:
        owner = data.owner()
    except KeyError:  # A user id without a name.
        return user
    return user if owner == "root" else owner


def data_folder(var_dir: Path, user: str | None) -> Path:
    """The real path of the data: ``var/postgres``, or outside where the server's user cannot enter ``var``."""
    if user is None or _can_enter(var_dir, user):
        return var_dir / "postgres"
    return OUTSIDE / hashlib.sha256(str(var_dir).encode()).hexdigest()[:16] / "postgres"


def is_set_up(var_dir: Path, data: Path) -> bool:
    """Whether the folder holds a database that belongs to ``var``: data outside without the link is of a removed ``var``."""
    link = var_dir / "postgres"
    return (data / "PG_VERSION").is_file() and (link == data or (link.is_symlink() and link.readlink() == data))


def major_version(data: Path) -> int:
    """The major version of PostgreSQL that made the data."""
    return int((data / "PG_VERSION").read_text(encoding="ascii"))


def check_owner(data: Path) -> None:
    """Raise ``PostgresUnavailable`` where the data belong to another user and we are not root."""
    if os.geteuid() != 0 and data.stat().st_uid != os.geteuid():
        raise PostgresUnavailable(f"{data} belongs to user id {data.stat().st_uid}: run as that user or as root, or remove it.")


def set_up(binaries: PostgresBinaries, var_dir: Path, data: Path, password: SecretStr) -> None:
    """Make the data folder with the owner's role and the database; it appears whole or not at all.

    Raises ``PostgresUnavailable``. What an interrupted set-up left is removed first.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    for left in (*data.parent.glob("postgres.new.*"), data):
        shutil.rmtree(left, ignore_errors=True)
    # Of its own name: the initdb of a killed process may still be writing into the former one.
    new = data.with_name(f"postgres.new.{os.getpid()}")
    new.mkdir(mode=0o700)
    if binaries.user is not None:
        shutil.chown(new, binaries.user)
    try:
        _fill(binaries, new, password)
        new.rename(data)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    _link(var_dir / "postgres", data)


def remove(var_dir: Path, data: Path) -> None:
    """Remove the data folder, and the link to it where it lies outside."""
    link = var_dir / "postgres"
    shutil.rmtree(data if data == link else data.parent, ignore_errors=True)
    if link.is_symlink():
        link.unlink()


def _fill(binaries: PostgresBinaries, new: Path, password: SecretStr) -> None:
    # Trust reaches nobody here: no server is started before HOST_BASED_ACCESS replaces it.
    flags = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", f"--username={OWNER}")
    _run(binaries.command("initdb", "-D", str(new), *flags), "")
    secret = sql.Literal(password.get_secret_value()).as_string(None)
    commands = f"create database {DATABASE}\nalter role {OWNER} password {secret}\n"
    _run(binaries.command("postgres", "--single", "-D", str(new), "-c", "exit_on_error=on", "postgres"), commands)
    (new / "pg_hba.conf").write_text(HOST_BASED_ACCESS, encoding="ascii")


def _run(command: list[str], text: str) -> None:
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd="/", env=ENVIRONMENT)  # noqa: S603 -- our own command line
    if done.returncode != 0:
        told = [line for line in done.stderr.splitlines() if "error" in line.lower() or "fatal" in line.lower()]
        last = (told or done.stderr.splitlines() or ["it said nothing"])[-1].strip().removesuffix(".")
        raise PostgresUnavailable(
            f"The first set-up of the embedded Postgres failed: {last}. Mend that (space on the disk, permissions) and try again."
        )


def _link(link: Path, data: Path) -> None:
    if link == data:
        return
    if link.is_symlink():
        link.unlink()
    link.symlink_to(data)


def _can_enter(folder: Path, user: str) -> bool:
    done = subprocess.run([*as_user(user), "test", "-x", str(folder)], check=False, cwd="/", env=ENVIRONMENT)  # noqa: S603 -- our own command line
    return done.returncode == 0
