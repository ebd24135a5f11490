"""The warehouse as its users reach it: a URL and a connection for each role. What is in it belongs to roles and publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from pydantic import SecretStr

from elt_pipeline.storage.postgres.postgres_server import why_ended
from elt_pipeline.storage.postgres.refusals import not_there, refusal

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
    # What a private server writes of itself; others' logs are not ours to read.
    own_log: Path | None = None

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
        if self.own_log is not None and not_there(told):
            why = why_ended(self.own_log)
            said = f" It last said: {why}." if why else ""
            return f"The embedded Postgres has ended.{said} Run it again: it starts by itself. Its log is {self.own_log}."
        password_setting = None if role == "owner" else f"WAREHOUSE_{role.upper()}_PASSWORD"
        return refusal("The warehouse", self.owner_url.get_secret_value(), told, "WAREHOUSE_URL", password_setting, role)
