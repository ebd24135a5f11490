"""What Dagit shows of the steps in Postgres. Apart from options.py, so that the lake's code versions leave Postgres out."""

import dagster as dg

from elt_pipeline.assets.options import cost_metadata
from elt_pipeline.storage.serving import Step


def step_metadata(step: Step, table: str | None = None) -> dict[str, dg.MetadataValue]:
    """Return what Dagit shows of a step in Postgres, or of one table that it wrote."""
    rows = sum(step.row_counts.values()) if table is None else step.row_counts.get(table)
    known = {"outcome": dg.MetadataValue.text(step.outcome), **cost_metadata(step.cost)}
    counted = {} if rows is None or not step.row_counts else {"dagster/row_count": dg.MetadataValue.int(rows)}
    sent = {} if step.byte_count is None else {"bytes": dg.MetadataValue.int(step.byte_count)}
    return {**known, **counted, **sent, "engine": dg.MetadataValue.text("Postgres")}
