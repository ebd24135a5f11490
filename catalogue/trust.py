"""How far the published data can be trusted: how fresh it is, what was checked, how the runs went. The ledger is in ledger.py."""

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from catalogue.asking import asking
from catalogue.latest_run import over_latest_run


@dataclass(frozen=True)
class Run:
    """One run of the pipeline."""

    run_id: str
    command: str
    started_at: datetime
    finished_at: datetime | None  # None while it goes on.
    outcome: str | None  # `succeeded`, `failed` or `killed`; None while it goes on.

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it goes on."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None


@dataclass(frozen=True)
class CheckResult:
    """What a check of the last run found."""

    asset: str
    check_name: str
    is_passed: bool
    severity: str  # `ERROR` holds the publication back, `WARN` does not.
    description: str | None


@dataclass(frozen=True)
class Timing:
    """How one asset fared in the last run."""

    asset: str
    outcome: str  # `written`, `unchanged` or `failed`.
    seconds: float
    row_count: int | None
    byte_count: int | None


@dataclass(frozen=True)
class MadeUp:
    """How much of the catalogue was made by a generator."""

    edition_count: int
    synthetic_count: int  # Editions whose publisher says so.


def last_runs(connection: Connection, max_results: int = 12) -> list[Run]:
    """Return the runs, the latest first; empty before the first one. Raises ``CatalogueUnavailable``."""
    sql = """
        select run_id, command, started_at, finished_at, outcome
        from ops.runs
        order by started_at desc, run_id
        limit %(max_results)s
    """
    with asking(connection, Run) as question:
        return question.execute(sql, {"max_results": max_results}).fetchall()


def last_success(connection: Connection) -> Run | None:
    """Return the last run that succeeded; None before the first one. Raises ``CatalogueUnavailable``."""
    sql = """
        select run_id, command, started_at, finished_at, outcome
        from ops.runs
        where outcome = 'succeeded'
        order by finished_at desc, run_id
        limit 1
    """
    with asking(connection, Run) as question:
        return question.execute(sql).fetchone()


def last_checks(connection: Connection) -> list[CheckResult]:
    """Return what was checked in the last run that checked anything: failed ones first, then by asset.

    Empty before the first run. Raises ``CatalogueUnavailable``.
    """
    sql = """
        select results.asset, results.check_name, results.passed as is_passed, results.severity, results.description
        from ops.check_results as results
        inner join latest on results.run_id = latest.run_id
        order by results.passed, results.asset, results.check_name
    """
    with asking(connection, CheckResult) as question:
        return question.execute(over_latest_run("check_results", sql)).fetchall()


def last_timings(connection: Connection) -> list[Timing]:
    """Return how the assets of the last run fared, those that took longest first; empty before the first run.

    The tables of schema recommendations are one line: they are made in one go, and each is recorded with the time of all.
    Raises ``CatalogueUnavailable``.
    """
    sql = """
        select
            case when asset like 'recommendations.%' then 'recommendations' else asset end as asset,
            (array_agg(outcome order by array_position(array['failed', 'written', 'unchanged'], outcome)))[1] as outcome,
            max(seconds) as seconds,
            sum(row_count)::bigint as row_count,
            sum(byte_count)::bigint as byte_count
        from ops.timings
        where run_id = (select latest.run_id from latest)
        group by 1
        order by seconds desc, asset
    """
    with asking(connection, Timing) as question:
        return question.execute(over_latest_run("timings", sql)).fetchall()


def made_up(connection: Connection) -> MadeUp:
    """Return how many editions there are, and how many name a made-up publisher. Raises ``CatalogueUnavailable``."""
    sql = """
        select count(*) as edition_count, count(*) filter (where publisher like '%(synthetic)') as synthetic_count
        from recommendations.editions
    """
    with asking(connection, MadeUp) as question:
        return question.execute(sql).fetchall()[0]
