"""Where PostgreSQL's programs are and as whom they run. Starting a server belongs to embedded_postgres."""

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15
PLACES = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin", "usr/local/opt/postgresql@*/bin")
# Nothing of the caller's environment: PG* variables and its language would change what the server does and says.
ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}


class PostgresUnavailable(Exception):
    """The embedded Postgres cannot run; the message is one sentence on why and what to do."""


@dataclass(frozen=True)
class PostgresBinaries:
    """The folder of PostgreSQL's programs, their major version, and the system user to run as (None: ourselves)."""

    folder: Path
    major: int
    user: str | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        """The command line of one of the programs, run as the system user."""
        return [*as_user(self.user), str(self.folder / program), *arguments]


def as_user(user: str | None) -> list[str]:
    """What to put before a command so that it runs as the user, under the same process id."""
    if user is None:
        return []
    group = pwd.getpwnam(user).pw_gid
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--init-groups", "--"]


def system_user() -> str | None:
    """The user that the server runs as: ourselves (None), or `postgres` for root. Raises ``PostgresUnavailable``."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError as error:
        raise PostgresUnavailable(
            "PostgreSQL does not run as root and the system user `postgres` is missing: "
            "create it with `useradd --system postgres`, or run as another user."
        ) from error


def installed_folders(root: Path = Path("/")) -> list[Path]:
    """The folders where systems put PostgreSQL's programs, and that of the `postgres` found by PATH."""
    on_path = shutil.which("postgres")
    found = [Path(on_path).resolve().parent] if on_path else []
    return [folder for place in PLACES for folder in sorted(root.glob(place))] + found


def find_binaries(folders: Iterable[Path], major: int | None = None, user: str | None = None) -> PostgresBinaries:
    """The newest PostgreSQL among the folders, or that of the major version. Raises ``PostgresUnavailable``."""
    found = [PostgresBinaries(folder, number, user) for folder in folders if (number := _major(folder)) >= OLDEST_MAJOR]
    fitting = [binaries for binaries in found if major in {None, binaries.major}]
    if not fitting:
        package, version = ("postgresql", f"{OLDEST_MAJOR} or newer") if major is None else (f"postgresql-{major}", str(major))
        raise PostgresUnavailable(
            f"PostgreSQL {version} is not installed: run `apt-get install {package}`, or `INSTALL=1 make setup`, which does it."
        )
    return max(fitting, key=lambda binaries: binaries.major)


def _major(folder: Path) -> int:
    """The major version of the programs in the folder; 0 where they are not whole."""
    if not all((folder / program).is_file() for program in ("postgres", "initdb")):
        return 0
    says = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False, env=ENVIRONMENT)  # noqa: S603 -- a fixed program of the system
    number = re.search(r"PostgreSQL\)? (\d+)", says.stdout)
    return int(number.group(1)) if number else 0
