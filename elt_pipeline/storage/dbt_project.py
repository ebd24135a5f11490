"""How dbt builds and tests the recommendations, in this process. What they are belongs to dbt_recommendations/."""

import hashlib
import json
import time
from collections.abc import Callable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg.conninfo import conninfo_to_dict

from elt_pipeline.storage.postgres.warehouse import Warehouse
from elt_pipeline.storage.secrets import write_private

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt_common.events.base_types import EventMsg

PROJECT_DIR = Path(__file__).resolve().parents[2] / "dbt_recommendations"
MADE_BY_DBT = ("target", "logs", "dbt_packages")
THREADS = 2
PROFILE_KEYS = ("host", "user", "password", "sslmode")
MESSAGE_LINES = 6


@dataclass(frozen=True)
class DbtTest:
    """A test that was run, a unit test too: its name, whether it passed, and what dbt says where it did not."""

    name: str
    passed: bool
    message: str | None


class DbtFailed(Exception):
    """A model or a test failed, or dbt could not start; the message names each with its reason, and the log.

    ``tests`` are those that were run until then.
    """

    def __init__(self, message: str, tests: tuple[DbtTest, ...]) -> None:
        super().__init__(message)
        self.tests = tests


@dataclass(frozen=True)
class DbtModel:
    """A model that was built; ``row_count`` is None for functions."""

    name: str
    row_count: int | None
    seconds: float


@dataclass(frozen=True)
class DbtSummary:
    """What a build made, by name, the tests that it passed, and the seconds it took in all."""

    models: tuple[DbtModel, ...]
    tests: tuple[DbtTest, ...]
    seconds: float


def build_recommendations(
    warehouse: Warehouse, *, gold_schema: str, target_schema: str, var_dir: Path, report: Callable[[str], None]
) -> DbtSummary:
    """Build and test the models in ``target_schema`` from the tables of ``gold_schema``, as the role dbt, which may create in it.

    ``report`` gets one line per model as it ends. Writes ``dbt/`` and ``logs/dbt.log`` under ``var_dir``. Raises ``DbtFailed``.
    """
    # Imported here: it takes two seconds, and dbt is seldom what a command is about.
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    var_dir = var_dir.resolve()
    started = time.monotonic()
    write_profile(var_dir / "dbt" / "profiles.yml", warehouse, target_schema)
    with chdir(Path.cwd()):  # dbt moves into its project and stays there.
        outcome = dbtRunner(callbacks=[lambda event: _report_model(event, report)]).invoke(arguments(var_dir, gold_schema))
    _raise_for_failures(outcome, var_dir / "logs" / "dbt.log")
    return _summary(outcome, time.monotonic() - started)


def project_fingerprint(project_dir: Path = PROJECT_DIR) -> str:
    """Return the SHA-256 of the project's files, their paths and contents; what dbt itself writes is left out."""
    digest = hashlib.sha256()
    for file in sorted(project_dir.rglob("*")):
        path = file.relative_to(project_dir)
        if file.is_file() and path.parts[0] not in MADE_BY_DBT:
            content = file.read_bytes()
            digest.update(f"{path.as_posix()}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def write_profile(file: Path, warehouse: Warehouse, target_schema: str) -> None:
    """Write dbt's connection to the file, which only its owner can read: it holds the password of the role dbt."""
    login = conninfo_to_dict(warehouse.url_for("dbt").get_secret_value())
    output: dict[str, Any] = {key: _literal(str(login[key])) for key in PROFILE_KEYS if key in login}
    output |= {"type": "postgres", "port": int(login.get("port") or 5432), "dbname": _literal(str(login["dbname"]))}
    output |= {"schema": target_schema, "search_path": "public", "threads": THREADS, "connect_timeout": 10}
    # JSON is YAML, and quotes whatever a password may hold.
    write_private(file, json.dumps({"booklake": {"target": "warehouse", "outputs": {"warehouse": output}}}))


def arguments(var_dir: Path, gold_schema: str) -> list[str]:
    """The command line of the build: silent on the console, whole in the log."""
    paths = {
        "--project-dir": PROJECT_DIR,
        "--profiles-dir": var_dir / "dbt",
        "--target-path": var_dir / "dbt" / "target",
        "--log-path": var_dir / "logs",
    }
    options = [text for option, path in paths.items() for text in (option, str(path))]
    quiet = ["--log-level", "none", "--log-level-file", "info", "--no-use-colors", "--no-use-colors-file"]
    variables = ["--vars", json.dumps({"gold_schema": gold_schema})]
    return ["build", *options, *quiet, *variables, "--no-send-anonymous-usage-stats", "--no-version-check"]


def _literal(text: str) -> str:
    # dbt reads a profile as a template, so a brace in a password would be an expression.
    return f"{{% raw %}}{text}{{% endraw %}}" if "{" in text else text


def _report_model(event: "EventMsg", report: Callable[[str], None]) -> None:
    if event.info.name == "LogModelResult":
        result = event.data
        report(f"recommendations.{result.node_info.node_name}: {result.status.lower()}, {result.execution_time:.1f} s")


def _raise_for_failures(outcome: "dbtRunnerResult", log: Path) -> None:
    if outcome.success:
        return
    failed = [result for result in _results(outcome) if result.status in ("error", "fail")]
    told = [f"{result.node.name}: {_first_lines(result.message)}" for result in failed]
    listed = "\n- ".join(told or [_first_lines(str(outcome.exception or "dbt did not say why"))])
    message = f"dbt could not build the recommendations:\n- {listed}\nAll that it did is in {log}."
    raise DbtFailed(message, _tests(outcome)) from outcome.exception


def _first_lines(message: str | None) -> str:
    lines = [line.strip() for line in (message or "no message").splitlines() if line.strip()]
    return " ".join(lines[:MESSAGE_LINES])


def _summary(outcome: "dbtRunnerResult", seconds: float) -> DbtSummary:
    models = tuple(
        DbtModel(result.node.name, _row_count(result.adapter_response), result.execution_time)
        for result in _results(outcome)
        if result.node.resource_type == "model"
    )
    return DbtSummary(models, _tests(outcome), seconds)


def _tests(outcome: "dbtRunnerResult") -> tuple[DbtTest, ...]:
    return tuple(
        DbtTest(result.node.name, result.status == "pass", None if result.status == "pass" else _first_lines(result.message))
        for result in _results(outcome)
        if result.node.resource_type in ("test", "unit_test") and result.status != "skipped"
    )


def _results(outcome: "dbtRunnerResult") -> list[Any]:
    return list(getattr(outcome.result, "results", None) or ())


def _row_count(answer: dict[str, Any]) -> int | None:
    """How many rows a statement made; None where it made a function, of which the driver says -1."""
    count = answer.get("rows_affected", -1)
    return count if count >= 0 else None
