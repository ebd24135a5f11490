"""The marts of dbt_recommendations and their tests as its YAML describes them, for the graph. Nothing is built here."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[2] / "dbt_recommendations"
MODELS = PROJECT / "models" / "marts"
# Tests of what is no mart, such as a function of search, are told where people look first.
MAIN_MART = "books"

Yaml = Mapping[str, Any]


def described_models(folder: Path) -> dict[str, str]:
    """Return each model's description by its name, in order of the names, from the YAML files of ``folder``."""
    models = sorted(_models(folder), key=lambda model: str(model["name"]))
    return {model["name"]: model["description"].strip() for model in models}


def described_tests(project: Path, marts: Mapping[str, str]) -> dict[str, str]:
    """Return for each test of the project, by the name that dbt gives it, the mart that it is about; ``MAIN_MART`` for others."""
    named = [(name, str(model["name"])) for model in _models(project / "models") for name in _test_names(model)]
    units = [
        (str(test["name"]), str(test["model"])) for file in _documents(project / "models") for test in file.get("unit_tests", [])
    ]
    single = [(file.stem, MAIN_MART) for file in (project / "tests").glob("*.sql")]
    return {name: model if model in marts else MAIN_MART for name, model in sorted([*named, *units, *single])}


def generic_test_name(kind: str, model: str, arguments: Mapping[str, object]) -> str:
    """Return the name that dbt gives to a test without one: its kind, the model, and the arguments in order of their names."""
    values = [value for _, value in sorted(arguments.items())]
    flat = [str(part) for value in values for part in (value if isinstance(value, list) else [value])]
    return f"{kind}_{model}_{'__'.join(re.sub('[^0-9a-zA-Z_]+', '_', part) for part in flat)}"


def _test_names(model: Yaml) -> Iterator[str]:
    of_model: list[tuple[dict[str, object], Any]] = [({}, test) for test in model.get("data_tests", [])]
    of_columns = [
        ({"column_name": column["name"]}, test) for column in model.get("columns", []) for test in column.get("data_tests", [])
    ]
    for place, test in [*of_model, *of_columns]:
        kind, told = (test, {}) if isinstance(test, str) else next(iter(test.items()))
        yield told.get("name") or generic_test_name(kind, model["name"], place | told.get("arguments", {}))


def _models(folder: Path) -> list[Yaml]:
    return [model for document in _documents(folder) for model in document.get("models", [])]


def _documents(folder: Path) -> list[Yaml]:
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.yml"))]


MARTS = described_models(MODELS)
TESTS = described_tests(PROJECT, MARTS)
