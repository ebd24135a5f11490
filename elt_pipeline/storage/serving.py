"""From the lake's gold to what people read: load, dbt and publication, each skipped where nothing it is made from has changed."""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from elt_pipeline.contracts.table import TableContract
from elt_pipeline.storage.code_version import code_version
from elt_pipeline.storage.cost import Cost, Meter
from elt_pipeline.storage.dbt_project import PROJECT_DIR, DbtTest, build_recommendations, project_fingerprint
from elt_pipeline.storage.delta.lake import Lake
from elt_pipeline.storage.postgres.analytics_views import make_views
from elt_pipeline.storage.postgres.baselines import keep_baselines
from elt_pipeline.storage.postgres.next_schema import drop_next, fingerprint_of, finish_next, is_loaded, start_next
from elt_pipeline.storage.postgres.publication import publish
from elt_pipeline.storage.postgres.warehouse import Warehouse
from elt_pipeline.storage.postgres.warehouse_load import load_gold

log = logging.getLogger("booklake")

LOADER = "elt_pipeline.storage.postgres.warehouse_load"
LOADER_PACKAGES = ("polars", "psycopg")


@dataclass(frozen=True)
class Step:
    """What a step did: ``written`` or ``unchanged``, what it took, the rows of each table that it wrote, and the tests it ran."""

    name: str
    outcome: str
    cost: Cost
    row_counts: Mapping[str, int] = field(default_factory=dict)
    byte_count: int | None = None
    tests: tuple[DbtTest, ...] = ()
    # Sentences about what did not keep the step from its end.
    notes: tuple[str, ...] = ()

    def tell(self) -> "Step":
        """Log the step as one line and return it."""
        rows = f"{sum(self.row_counts.values()):,} rows" if self.row_counts else ""
        log.info("  %-24s %16s %7.1f s  %s", self.name, rows, self.cost.seconds, self.outcome)
        return self


@dataclass(frozen=True)
class Serving:
    """The lake, the warehouse, and the dbt project between them, for one run."""

    lake: Lake
    warehouse: Warehouse
    var_dir: Path
    run_id: str

    def load(self, contracts: Iterable[TableContract]) -> Step:
        """Load the gold tables into ``gold_next``, unless Postgres has just these already."""
        meter, wanted = Meter.start(), self.gold_fingerprint(contracts)
        if self._has("gold", wanted):
            return Step("warehouse.gold", "unchanged", meter.cost).tell()
        tables = {contract: self.lake.scan(contract) for contract in contracts}
        self.lake.still_held()
        loads = load_gold(self.warehouse, tables, wanted, self.run_id, log.debug).tables
        rows, sent = {load.name: load.row_count for load in loads}, sum(load.byte_count for load in loads)
        return Step("warehouse.gold", "written", meter.cost, rows, sent).tell()

    def build(self, contracts: Iterable[TableContract]) -> Step:
        """Build ``recommendations_next`` by dbt, tests included, unless Postgres has just these already."""
        meter, (gold_schema, gold) = Meter.start(), self._gold_for_dbt(contracts)
        wanted = _digest([gold, project_fingerprint(PROJECT_DIR)])
        if self._has("recommendations", wanted):
            return Step("recommendations", "unchanged", meter.cost).tell()
        self.lake.still_held()
        start_next(self.warehouse, "recommendations")
        built = build_recommendations(
            self.warehouse,
            gold_schema=gold_schema,
            target_schema="recommendations_next",
            var_dir=self.var_dir,
            report=log.debug,
        )
        rows = {model.name: model.row_count for model in built.models if model.row_count is not None}
        finish_next(self.warehouse, "recommendations", wanted, self.run_id)
        return Step("recommendations", "written", meter.cost, rows, tests=built.tests).tell()

    def publish(self) -> Step:
        """Put what was built in the place of what people read, in one step."""
        meter = Meter.start()
        self.lake.still_held()
        published = publish(self.warehouse, self.run_id, log.debug)
        keep_baselines(self.warehouse, self.run_id)
        broken = make_views(self.warehouse, self.run_id, anew=bool(published.schemas))
        outcome = "written" if published.schemas else "unchanged"
        if published.schemas and self.lake.spark_remote is not None:
            self.lake.name_tables()
        return Step("publication", outcome, meter.cost, notes=(*published.lost_views, *broken)).tell()

    def _has(self, schema: str, fingerprint: str) -> bool:
        if is_loaded(self.warehouse, schema, fingerprint):
            # A run that was stopped before publication may have left something else there, which must not go live now.
            drop_next(self.warehouse, schema)
            return True
        return is_loaded(self.warehouse, f"{schema}_next", fingerprint)

    def _gold_for_dbt(self, contracts: Iterable[TableContract]) -> tuple[str, str | None]:
        """Return the schema that dbt reads and what it is made from: what was just loaded, else what people read."""
        loaded = self.gold_fingerprint(contracts)
        if is_loaded(self.warehouse, "gold_next", loaded):
            return "gold_next", loaded
        # Left by a run that was stopped, and made from a lake that is no longer: published, it would not fit what is built now.
        drop_next(self.warehouse, "gold")
        return "gold", fingerprint_of(self.warehouse, "gold")

    def gold_fingerprint(self, contracts: Iterable[TableContract]) -> str:
        """Return what Postgres' gold is made from: the versions of the lake's tables, and the loader's code."""
        commits = {contract.full_name: self.lake.commit_of(contract) for contract in contracts}
        versions = {name: commit.content_id for name, commit in commits.items() if commit}
        return _digest([code_version(LOADER, LOADER_PACKAGES), versions])


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
