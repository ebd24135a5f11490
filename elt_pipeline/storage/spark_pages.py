"""How a person finds our work in Spark's own pages: labels on its jobs, and links. Opening Spark belongs to engine.py."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RUN_ID_CHARACTERS = 8  # So many of a run's id are shown in Dagit.
# Spark describes a job by this local property, and hands a session's settings to its jobs as local properties.
DESCRIPTION = "spark.job.description"


@dataclass(frozen=True)
class SparkPages:
    """The addresses of Spark's UI and of its history server; None where there is none to link to."""

    ui_url: str | None = None
    history_url: str | None = None

    def links(self, session: "SparkSession") -> dict[str, str]:
        """Return the addresses of the page that lists what the session has done: while the server runs, and afterwards."""
        # Connect's class, which has the id; the annotation is the class that both kinds of sessions share.
        page = f"connect/session/?id={session.session_id}"  # type: ignore[attr-defined]
        found = {"spark_ui": f"{self.ui_url.rstrip('/')}/{page}"} if self.ui_url else {}
        if self.history_url:
            application = session.conf.get("spark.app.id")
            found["spark_history"] = f"{self.history_url.rstrip('/')}/history/{application}/{page}"
        return found


def label(session: "SparkSession", asset: str, run_id: str) -> None:
    """Name what the session does from now on: ``silver/editions, run 3f2a1b2c`` beside each job, and tags in the Connect tab."""
    session.conf.set(DESCRIPTION, f"{asset}, run {run_id[:RUN_ID_CHARACTERS]}")
    session.clearTags()
    session.addTag(f"asset:{asset}")
    session.addTag(f"run:{run_id}")
