"""Who may import whom, and which libraries stay out of which room. Plain syntax trees: no engine starts."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("elt_pipeline", "catalogue", "streamlit_app", "dataset")

READ_AND_KEPT = ("elt_pipeline.contracts", "elt_pipeline.sources", "elt_pipeline.storage")

# A folder or module, and what of ours it may import beside itself. docs/architecture.md says what belongs where.
MAY_IMPORT = {
    "elt_pipeline/contracts": (),
    **dict.fromkeys(
        [f"elt_pipeline/{room}" for room in ("transforms", "recommender", "sources", "storage")], ("elt_pipeline.contracts",)
    ),
    "elt_pipeline/assets": ("elt_pipeline.transforms", "elt_pipeline.recommender", *READ_AND_KEPT),
    "elt_pipeline/settings.py": (),
    "elt_pipeline/checks.py": ("elt_pipeline.contracts", "elt_pipeline.transforms", "elt_pipeline.storage"),
    "elt_pipeline/baseline_checks.py": ("elt_pipeline.checks", "elt_pipeline.transforms", *READ_AND_KEPT),
    "elt_pipeline/jobs.py": ("elt_pipeline.contracts",),
    "elt_pipeline/advice.py": ("elt_pipeline.storage",),
    "elt_pipeline/failures.py": ("elt_pipeline.advice",),
    "elt_pipeline/alerts.py": ("elt_pipeline.advice", "elt_pipeline.failures"),
    # What a MySQL server says, and how it is reached, is the same for whoever fills it and for whoever reads it.
    "dataset": ("elt_pipeline.contracts", "elt_pipeline.sources.mysql", "elt_pipeline.sources.driver_words"),
    "catalogue": (),
    "streamlit_app": ("catalogue",),
}

# Libraries that a room does without: the pure stay pure, drawing stays in the app, the environment in settings.py.
BANNED = {
    "elt_pipeline/contracts": ("dagster", "os", "pathlib", "requests", "psycopg", "deltalake", "sqlalchemy"),
    "elt_pipeline/transforms": ("dagster", "os", "pathlib", "datetime", "time", "requests", "psycopg", "deltalake", "sqlalchemy"),
    "elt_pipeline/recommender": (
        "dagster",
        "pyspark",
        "os",
        "pathlib",
        "datetime",
        "time",
        "requests",
        "psycopg",
        "deltalake",
        "sqlalchemy",
    ),
    "elt_pipeline/sources": ("dagster", "pyspark", "psycopg", "streamlit"),
    "elt_pipeline/storage": ("streamlit", "click"),
    "elt_pipeline/assets": ("os", "requests", "psycopg", "deltalake", "sqlalchemy", "click"),
    "catalogue": ("streamlit", "dagster", "os", "polars", "pyspark"),
    "streamlit_app": ("psycopg", "dagster", "os", "polars", "pyspark"),
    "dataset": ("dagster", "pyspark", "psycopg", "deltalake", "streamlit"),
}

# Who joins everything, and so may read the settings.
JOINING = ("cli.py", "doctor.py", "definitions.py", "session.py", "runs.py", "dagster_home.py", "settings.py", "commands/")


def modules_of(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imported_names(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):  # Relative imports are banned by ruff, so `module` is set.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("place", MAY_IMPORT)
def test_a_folder_imports_only_what_it_may(place: str) -> None:
    allowed = (place.removesuffix(".py").replace("/", "."), *MAY_IMPORT[place])
    wrong = [
        f"{module.relative_to(ROOT)} imports {name}"
        for module in modules_of(place)
        for name in imported_names(module)
        if name.split(".")[0] in OURS and not name.startswith(allowed)
    ]
    assert not wrong, "see docs/architecture.md for where this belongs:\n" + "\n".join(wrong)


@pytest.mark.parametrize("place", BANNED)
def test_a_folder_does_without_the_libraries_of_others(place: str) -> None:
    wrong = [
        f"{module.relative_to(ROOT)} imports {name}"
        for module in modules_of(place)
        for name in imported_names(module)
        if name.split(".")[0] in BANNED[place] and module.name != "lake_lock.py"  # It tells who holds the lock: os.getpid.
    ]
    assert not wrong, "\n".join(wrong)


def test_only_what_joins_everything_reads_the_settings() -> None:
    readers = [
        str(module.relative_to(ROOT / "elt_pipeline"))
        for module in modules_of("elt_pipeline")
        if any(name.startswith("elt_pipeline.settings") for name in imported_names(module))
    ]
    assert [reader for reader in readers if not reader.startswith(JOINING)] == []


def test_modules_with_assets_do_not_postpone_annotations() -> None:
    # Annotations as text would hide the engine that a parameter names.
    assert [
        module.name for module in modules_of("elt_pipeline/assets") if "__future__.annotations" in imported_names(module)
    ] == []


def test_every_rule_about_a_folder_names_one_that_exists() -> None:
    assert [place for place in {**MAY_IMPORT, **BANNED} if not modules_of(place)] == []
