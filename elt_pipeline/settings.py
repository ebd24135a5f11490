"""The environment, typed: the only file that reads it. Decisions taken from it do not belong here."""

import os
import re
from errno import ENOENT
from pathlib import Path

from dotenv import load_dotenv
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]

# A URL of a server whose login holds what ends a login, a path or a host, or a % that begins no code: an @ behind the one that is
# meant, a / ? # before it.
UNQUOTED = re.compile(r"(?!sqlite)[\w+]+://([^@?]*@[^?]*@|[^@]*[/?#][^@]*@|[^@]*%(?![0-9A-Fa-f]{2})[^@]*@)")
HOW_TO_QUOTE = "its password must be quoted: write @ as %40, / as %2F, ? as %3F, # as %23, % as %25"


class Settings(BaseSettings):
    """What can be set. An unset URL means the embedded form: a file, a folder or a server under ``var_dir``."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    source_url: SecretStr | None = Field(None, description="The source database, say mysql://user:password@host/books.")
    lake_url: str | None = Field(None, description="The lake's root, say s3a://lakehouse.")
    aws_endpoint_url: str | None = Field(None, description="The S3 server of an s3a:// lake, say http://127.0.0.1:9000.")
    aws_access_key_id: str | None = Field(None, description="The key of the lake on that server.")
    aws_secret_access_key: SecretStr | None = Field(None, description="The password of that key.")
    aws_region: str = Field("us-east-1", description="The region that the server signs for.")
    aws_allow_http: bool = Field(default=False, description="Whether the server may be spoken to without TLS.")
    spark_remote: str | None = Field(None, description="A Spark Connect server, say sc://127.0.0.1:15002.")
    warehouse_url: SecretStr | None = Field(
        None, description="Postgres as the owner, say postgresql://owner:password@host/booklake."
    )
    warehouse_loader_password: SecretStr | None = Field(None, description="Of the role that loads gold.")
    warehouse_dbt_password: SecretStr | None = Field(None, description="Of the role that builds recommendations.")
    warehouse_app_password: SecretStr | None = Field(None, description="Of the role that the app connects with.")
    warehouse_reader_password: SecretStr | None = Field(None, description="Of the role of analysts.")
    dagster_storage_url: SecretStr | None = Field(
        None, description="The Postgres that keeps Dagster's runs; unset, SQLite under ``var_dir``."
    )
    spark_ui_url: str | None = Field(None, description="Where a person sees the running Spark application.")
    spark_history_url: str | None = Field(None, description="Where a person sees Spark applications that have ended.")
    alert_url: SecretStr | None = Field(None, description="Gets one JSON message by POST for each run that fails.")
    var_dir: Path = Field(ROOT / "var", description="Where everything embedded is kept.")
    postgres_port: int | None = Field(None, description="The port of the embedded Postgres; unset, a free one.")
    app_port: int = Field(8501, description="The port of the app.")
    dagit_port: int = Field(3001, description="The port of Dagit.")

    @field_validator("source_url", "warehouse_url", "dagster_storage_url")
    @classmethod
    def _has_a_quoted_password(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and UNQUOTED.match(url.get_secret_value()):
            raise ValueError(HOW_TO_QUOTE)
        return url

    @property
    def var(self) -> Path:
        """``var_dir``, absolute and without links: two spellings are one place."""
        return self.var_dir.resolve()


def read_settings(env_file: Path | None = None) -> Settings:
    """Return the settings: exported variables win over those of ``env_file``, which wins over the embedded form.

    The file's variables are exported too, since Spark, Polars and delta-rs read the standard ``AWS_…`` ones by themselves.
    """
    if env_file is not None and not load_dotenv(env_file, override=False) and not env_file.is_file():
        raise FileNotFoundError(ENOENT, "No such file of settings: make it by `make env`", str(env_file))
    # Sail writes a line for each session it opens, and the source's reader one for each try to reach a server that went away.
    os.environ.setdefault("RUST_LOG", "error,r2d2=off")
    # Sail gives a session up after 5 minutes without a word from it, and a table may take longer to be made by others.
    os.environ.setdefault("SAIL_SPARK__SESSION_TIMEOUT_SECS", "86400")
    # As in every other setting, empty is unset; the engines would take it for a value, and Sail needs a region.
    for name in [name for name, value in os.environ.items() if name.startswith("AWS_") and not value]:
        del os.environ[name]
    settings = Settings()
    os.environ.setdefault("AWS_REGION", settings.aws_region)
    return settings


def exported_variables() -> dict[str, str]:
    """The environment as it is, for the processes that the commands start."""
    return dict(os.environ)
