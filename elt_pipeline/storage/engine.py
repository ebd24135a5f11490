"""The one place that opens Spark: Sail inside this process, or a Spark Connect server by its URL."""

import sys
from typing import TYPE_CHECKING
from urllib.parse import urlparse

if TYPE_CHECKING:
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

# Held for the life of the process: once collected, Sail stops while `getOrCreate` still gives out the dead session.
_running: dict[str, "SparkConnectServer"] = {}

SESSION_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",  # Times are the same wherever a run happens.
}


def open_spark(remote: str | None) -> "SparkSession":
    """Return this process' Spark session: on the Connect server at ``remote``, or on Sail where that is None."""
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        # Spark's dependency check takes a main module without a file for a doctest and exits; any module that can be run will do.
        main.__file__ = __file__
    # Opening Spark takes seconds that commands which never touch the lake should not pay.
    from pyspark.sql import SparkSession  # noqa: PLC0415

    session = SparkSession.builder.remote(remote or _sail_url()).getOrCreate()
    for name, value in SESSION_SETTINGS.items():
        session.conf.set(name, value)
    return session


def engine_name(remote: str | None) -> str:
    """What a person calls the engine: ``Sail in this process``, or the server's address without anything secret."""
    if remote is None:
        return "Sail in this process"
    address = urlparse(remote)
    return f"Spark at {address.hostname}:{address.port}"


def _sail_url() -> str:
    from pysail.spark import SparkConnectServer  # noqa: PLC0415 - the same seconds.

    if "sail" not in _running:
        server = SparkConnectServer("127.0.0.1", 0)
        server.start()
        _running["sail"] = server
    _, port = _running["sail"].listening_address
    return f"sc://127.0.0.1:{port}"
