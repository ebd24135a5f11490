"""What the servers are started with, typed: ports, sizes and passwords. The pipeline's own settings are in elt_pipeline."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from elt_pipeline.settings import Settings, exported_variables


class StackSettings(BaseSettings):
    """The variables of env.template that only the servers read; every one is set there, so that none has a second default."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    mysql_password: SecretStr
    mysql_root_password: SecretStr
    minio_image: str
    minio_root_user: str
    minio_root_password: SecretStr
    postgres_password: SecretStr
    dagster_password: SecretStr
    warehouse_owner_password: SecretStr
    metabase_db_password: SecretStr
    metabase_admin_email: str
    metabase_admin_password: SecretStr
    aws_endpoint_url: str
    aws_access_key_id: str
    aws_secret_access_key: SecretStr
    aws_region: str
    aws_allow_http: bool
    spark_workers: int
    spark_worker_cores: int
    spark_worker_memory: str
    spark_executor_memory: str
    spark_driver_memory: str
    mysql_port: int
    minio_port: int
    minio_console_port: int
    spark_master_port: int
    spark_master_ui_port: int
    spark_worker_ui_port: int
    spark_driver_ui_port: int
    spark_history_port: int
    spark_connect_port: int
    dagster_code_host: str
    dagster_code_port: int
    metabase_port: int
    metabase_url: str


def without_ours() -> dict[str, str]:
    """The environment for what fetches, installs and builds: without the variables of env.template, passwords among them."""
    ours = Settings.model_fields.keys() | StackSettings.model_fields.keys()
    return {name: value for name, value in exported_variables().items() if name.lower() not in ours}


class MysqlSettings(BaseSettings):
    """What the start of MariaDB is told."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    booklake_stack: Path
    mysql_port: int
    mysql_password: SecretStr
    mysql_root_password: SecretStr


class PostgresRoles(BaseSettings):
    """Where Postgres listens, and the passwords of the server's own roles."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    postgres_port: int
    postgres_password: SecretStr
    dagster_password: SecretStr
    warehouse_owner_password: SecretStr


class PostgresSettings(PostgresRoles):
    """What the start of Postgres is told."""

    booklake_stack: Path


class MinioSettings(BaseSettings):
    """What making the bucket, the key and its rights needs."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    lake_url: str
    aws_endpoint_url: str
    aws_region: str
    aws_access_key_id: str
    aws_secret_access_key: SecretStr
    minio_root_user: str
    minio_root_password: SecretStr


class MetabaseSettings(BaseSettings):
    """What bringing the cards to Metabase needs."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    metabase_url: str
    metabase_admin_email: str
    metabase_admin_password: SecretStr
    warehouse_url: SecretStr
    warehouse_reader_password: SecretStr


class ContainerSettings(MinioSettings, PostgresRoles):
    """What the first steps beside servers in containers are told."""

    postgres_host: str
    metabase_db_password: SecretStr


class AppSettings(BaseSettings):
    """What the app in a container is told: no more than it may know."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    app_warehouse_url: SecretStr
