"""The warehouse as its users reach it: a URL and a connection for each role. What is in it belongs to roles and publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from pydantic import SecretStr

Role = Literal["owner", "loader", "dbt", "app", "reader"]
Connection = psycopg.Connection[tuple[Any, ...]]

CONNECT_SECONDS = 3


class WarehouseUnavailable(Exception):
    """The warehouse cannot be reached; the message says which setting to look at and never holds a password."""


@dataclass(frozen=True)
class Warehouse:
    """The owner's URL, and the passwords of the roles ``booklake_loader``, ``_dbt``, ``_app`` and ``_reader`` of its server."""

    owner_url: SecretStr
    passwords: Mapping[str, SecretStr]

    def url_for(self, role: Role) -> SecretStr:
        """The URL by which the role reaches the same database as the owner."""
        if role == "owner":
            return self.owner_url
        url = urlsplit(self.owner_url.get_secret_value())
        login = f"booklake_{role}:{quote(self.passwords[role].get_secret_value(), safe='')}"
        return SecretStr(urlunsplit(url._replace(netloc=f"{login}@{url.netloc.rpartition('@')[2]}")))

    def connect(self, role: Role, application_name: str = "booklake") -> Connection:
        """Return a connection that commits each statement unless ``connection.transaction()`` says otherwise.

        Raises ``WarehouseUnavailable`` within a few seconds.
        """
        try:
            return psycopg.connect(
                self.url_for(role).get_secret_value(),
                autocommit=True,
                connect_timeout=CONNECT_SECONDS,
                application_name=application_name,
            )
        except psycopg.Error as error:
            raise WarehouseUnavailable(self._explain(role, str(error))) from None  # The driver's text may quote the URL.

    def _explain(self, role: Role, told: str) -> str:
        setting = "WAREHOUSE_URL" if role == "owner" else f"WAREHOUSE_{role.upper()}_PASSWORD"
        try:
            url = urlsplit(self.owner_url.get_secret_value())
            place = f"{url.hostname}:{url.port or 5432}, database {url.path.strip('/')}"
        except ValueError:
            return "WAREHOUSE_URL is no URL: write it as postgresql://user:password@host:5432/database."
        if "password authentication failed" in told or "no password supplied" in told:
            return f"The warehouse at {place} refuses the password of the role {role}: correct {setting}."
        if "FATAL:" in told:
            reason = told.rpartition("FATAL:")[2].strip()
            return f"The warehouse at {place} refuses the role {role}: {reason}. Look at WAREHOUSE_URL."
        return f"The warehouse at {place} does not answer: start it, or correct WAREHOUSE_URL."
