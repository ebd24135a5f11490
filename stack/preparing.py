"""What is made in a server as soon as it answers, before others use it: the bucket and its key, the warehouse's roles."""

from collections.abc import Callable

from elt_pipeline.settings import Settings
from elt_pipeline.storage.postgres.warehouse import WarehouseUnavailable
from elt_pipeline.storage.secrets import SecretsUnreadable, write_app_secrets
from stack import minio
from stack.errors import StackFailed
from stack.settings import MinioSettings


def make_bucket(_settings: Settings) -> None:
    """Make the lake's bucket, and the key that reaches its layers alone."""
    minio.provision(MinioSettings())


def make_roles(settings: Settings) -> None:
    """Make the warehouse's schemas and roles, and hand the app the URL of its own."""
    if settings.warehouse_url is None:
        raise StackFailed(
            "WAREHOUSE_URL is empty, so the app has no server to read: set it as in env.template, or use make serve."
        )
    from elt_pipeline.session import open_warehouse  # noqa: PLC0415 -- seconds that `make status` need not take

    try:
        with open_warehouse(settings) as warehouse:
            write_app_secrets(settings.var, warehouse.url_for("app"))
    except (WarehouseUnavailable, SecretsUnreadable) as error:
        raise StackFailed(str(error)) from error


PREPARE: dict[str, Callable[[Settings], None]] = {"minio": make_bucket, "postgres": make_roles}
