"""Where the source, the lake, the engine and the warehouse are: in words, as settings, and how embedded ones are removed."""

import shutil
from urllib.parse import urlsplit, urlunsplit

from elt_pipeline.session import lake_of, open_warehouse, source_of
from elt_pipeline.settings import Settings
from elt_pipeline.storage.embedded_postgres import EmbeddedPostgres
from elt_pipeline.storage.engine import engine_name


def in_words(settings: Settings) -> str:
    """Return the four places in one line, without any password."""
    warehouse = settings.warehouse_url.get_secret_value() if settings.warehouse_url else f"a private Postgres in {settings.var}"
    places = {
        "source": without_password(source_of(settings).url.get_secret_value()),
        "lake": lake_of(settings).url,
        "engine": engine_name(settings.spark_remote),
        "warehouse": without_password(warehouse),
    }
    return " · ".join(f"{name}: {place}" for name, place in places.items())


def exported_places(settings: Settings, *, with_secrets: bool) -> dict[str, str]:
    """Return the places as environment variables, and ``WAREHOUSE_READER_URL``; passwords masked unless asked for."""
    with open_warehouse(settings) as warehouse:
        reader = warehouse.url_for("reader").get_secret_value()
        owner = warehouse.owner_url.get_secret_value()
    found = {
        "SOURCE_URL": source_of(settings).url.get_secret_value(),
        "LAKE_URL": lake_of(settings).url,
        "SPARK_REMOTE": settings.spark_remote or "",
        "WAREHOUSE_URL": owner,
        "WAREHOUSE_READER_URL": reader,
    }
    return found if with_secrets else {name: without_password(value) for name, value in found.items()}


def without_password(url: str) -> str:
    """Return the URL with its password masked; any other text as it is."""
    parts = urlsplit(url)
    if not parts.password:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}:***@{host}"))


def remove_embedded(settings: Settings) -> None:
    """Remove ``var``, the private Postgres' data too where that lies elsewhere. Servers that are set by URL stay as they are."""
    if settings.var.exists():
        EmbeddedPostgres(settings.var).remove_data()
        shutil.rmtree(settings.var)
