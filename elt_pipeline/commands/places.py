"""Where the source, the lake, the engine and the warehouse are: in words, as settings, and how embedded ones are removed."""

import shutil
from urllib.parse import urlsplit

from elt_pipeline.session import lake_of, open_warehouse, source_of
from elt_pipeline.settings import Settings
from elt_pipeline.storage.engine import engine_name
from elt_pipeline.storage.postgres.embedded_postgres import EmbeddedPostgres

OURS_IN_VAR = ("app", "dagster", "dbt", "demo-dataset", "lake", "logs", "postgres", "run", "secrets.json", "source.db", "staging")


def in_words(settings: Settings) -> str:
    """Return the four places in one line, without any password."""
    warehouse = settings.warehouse_url.get_secret_value() if settings.warehouse_url else f"a private Postgres in {settings.var}"
    places = {
        "source": without_password(source_of(settings).url.get_secret_value()),
        "lake": without_password(lake_of(settings).url),
        "engine": engine_name(settings.spark_remote),
        "warehouse": without_password(warehouse),
    }
    return " · ".join(f"{name}: {place}" for name, place in places.items())


def exported_places(settings: Settings, *, with_secrets: bool) -> dict[str, str]:
    """Return ``VAR_DIR``, the places that are set by URL, and ``WAREHOUSE_READER_URL``; without passwords unless asked for."""
    with open_warehouse(settings) as warehouse:
        reader = warehouse.url_for("reader").get_secret_value()
    by_url = {
        "SOURCE_URL": settings.source_url.get_secret_value() if settings.source_url else None,
        "LAKE_URL": settings.lake_url,
        "SPARK_REMOTE": settings.spark_remote,
    }
    # What is embedded follows from VAR_DIR alone: exported, its URLs would go on to overrule another VAR_DIR.
    found = {"VAR_DIR": str(settings.var), **{name: url for name, url in by_url.items() if url}, "WAREHOUSE_READER_URL": reader}
    return found if with_secrets else {name: without_password(value) for name, value in found.items()}


def without_password(place: str) -> str:
    """Return the place as far as a person needs it: a path as it is, of a URL the scheme, host, port and path.

    User, password and parameters are left out; a URL that cannot be read is not shown at all.
    """
    if "://" not in place:
        return place if "=" not in place else "a place that is no URL"
    try:
        parts = urlsplit(place)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "a URL that cannot be read"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def remove_embedded(settings: Settings) -> None:
    """Remove what is ours in ``var``, and ``var`` itself where that leaves it empty; other files in it stay.

    The private Postgres' data goes too where that lies elsewhere. Servers that are set by URL stay as they are.
    """
    if not settings.var.exists():
        return
    EmbeddedPostgres(settings.var).remove_data()
    for name in OURS_IN_VAR:
        place = settings.var / name
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
    if not any(settings.var.iterdir()):
        settings.var.rmdir()
