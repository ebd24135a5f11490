"""Promises between files: settings and env.template, the README and what it names, modules and their tests, the graph."""

import ast
import re
from pathlib import Path

import dagster as dg
import pytest

from elt_pipeline.checks import CHECKS
from elt_pipeline.contracts.lake import TABLES
from elt_pipeline.contracts.table import TableContract
from elt_pipeline.definitions import compose
from elt_pipeline.settings import Settings
from stack.settings import StackSettings

ROOT = Path(__file__).resolve().parents[2]


def test_env_template_lists_exactly_the_variables_that_are_read() -> None:
    text = (ROOT / "env.template").read_text(encoding="utf-8")
    listed = re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)
    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields | StackSettings.model_fields)


def test_env_template_holds_no_secret() -> None:
    filled = re.findall(
        r"^([A-Z_]+(?:PASSWORD|SECRET_ACCESS_KEY))=(.+)$", (ROOT / "env.template").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert filled == []


def test_make_targets_and_paths_that_the_readme_names_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z-]+)", readme)) | set(re.findall(r"^make ([a-z-]+)", readme, re.MULTILINE))
    assert [target for target in sorted(targets) if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
    paths = re.findall(
        r"`((?:elt_pipeline|catalogue|streamlit_app|dbt_recommendations|dataset|docs|scripts|tests)/[\w./-]*)`", readme
    )
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    silent = re.findall(r"^([a-z-]+):(?!.*##)[^=\n]*$", makefile, re.MULTILINE)
    assert silent == ["setup-dev"]


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return compose(Settings())


def specs(definitions: dg.Definitions) -> dict[dg.AssetKey, dg.AssetSpec]:
    return {spec.key: spec for spec in definitions.resolve_all_asset_specs()}


def test_the_definitions_can_be_loaded(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)
    assert definitions.resolve_job_def("refresh").description


@pytest.mark.parametrize("contract", TABLES, ids=lambda contract: contract.full_name)
def test_an_asset_is_described_by_its_grain(definitions: dg.Definitions, contract: TableContract) -> None:
    spec = specs(definitions)[dg.AssetKey(contract.key)]
    assert (spec.description or "").startswith(contract.grain)
    assert spec.group_name == contract.layer


def test_every_asset_over_the_lake_has_a_blocking_check_of_its_contract(definitions: dg.Definitions) -> None:
    checked = {key.asset_key for check in CHECKS for key in check.check_keys if key.name == "contract"}
    in_lake = {key for key in specs(definitions) if key.path[0] in {"bronze", "silver", "gold"}}
    assert checked == in_lake
    assert all(spec.blocking for check in CHECKS for spec in check.check_specs)


def test_the_graph_does_not_change_by_accident(definitions: dg.Definitions) -> None:
    graph = {
        key.to_user_string(): sorted(dep.asset_key.to_user_string() for dep in spec.deps)
        for key, spec in specs(definitions).items()
    }
    lines = [f"{key} <- {', '.join(inputs)}".rstrip() for key, inputs in sorted(graph.items())]
    expected = (Path(__file__).parent / "graph.txt").read_text(encoding="utf-8").splitlines()
    assert lines == expected


def test_every_module_is_run_by_a_test() -> None:
    waiting = [test for test in (ROOT / "tests").rglob("*.py") if "architecture" not in test.parts]
    reached: set[Path] = set()
    while waiting:
        found = {file for name in imported_names(waiting.pop()) for file in files_of(name)} - reached
        reached |= found
        waiting += found
    code = {module for folder in ("elt_pipeline", "catalogue", "dataset", "stack") for module in (ROOT / folder).rglob("*.py")}
    code -= {ROOT / "stack" / "app.py", ROOT / "stack" / "containers.py"}  # Images alone run them: scripts/rehearse_compose.sh.
    assert sorted(str(module.relative_to(ROOT)) for module in code - reached if not module.stem.startswith("__")) == []


def files_of(name: str) -> list[Path]:
    parts = name.split(".")
    return [file for end in (len(parts), len(parts) - 1) if (file := ROOT.joinpath(*parts[:end]).with_suffix(".py")).is_file()]


def imported_names(module: Path) -> list[str]:
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names]
