"""The budgets of size and comment, and that every module and function says what it is. Prints the figures."""

import ast
import io
import statistics
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("elt_pipeline", "catalogue", "streamlit_app", "dataset", "stack", "benchmarks")

LINES_PER_MODULE = 250
LINES_PER_FUNCTION = 40
MEDIAN_FUNCTION = 12
COMMENT_SHARE = 0.05

MODULES = sorted(module for folder in CODE for module in (ROOT / folder).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def functions_of(module: Path) -> list[tuple[str, int, ast.FunctionDef]]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [(f"{module.relative_to(ROOT)}:{node.lineno} {node.name}", body_lines(node), node) for node in found]


def body_lines(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def comment_lines(module: Path) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(module.read_text(encoding="utf-8")).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)


def line_count(module: Path) -> int:
    return len(module.read_text(encoding="utf-8").splitlines())


def test_no_module_is_over_250_lines() -> None:
    sizes = {str(module.relative_to(ROOT)): line_count(module) for module in [*MODULES, *TESTS]}
    largest = max(sizes, key=lambda name: sizes[name])
    print(f"\nmodules: {len(MODULES)}, of tests {len(TESTS)}; the largest: {largest} with {sizes[largest]} lines")  # noqa: T201
    assert {name: size for name, size in sizes.items() if size > LINES_PER_MODULE} == {}


def test_no_function_is_over_40_lines_and_the_median_is_at_most_12() -> None:
    lengths = {name: length for module in MODULES for name, length, _ in functions_of(module)}
    median = statistics.median(lengths.values())
    longest = max(lengths, key=lambda name: lengths[name])
    print(f"\nfunctions: {len(lengths)}, median {median} lines; the longest: {longest} with {lengths[longest]}")  # noqa: T201
    assert {name: length for name, length in lengths.items() if length > LINES_PER_FUNCTION} == {}
    assert median <= MEDIAN_FUNCTION


def test_comments_are_reasons_and_so_are_few() -> None:
    comments = sum(comment_lines(module) for module in MODULES)
    lines = sum(line_count(module) for module in MODULES)
    print(f"\ncomments: {comments} of {lines} lines, {comments / lines:.1%}")  # noqa: T201
    assert comments / lines <= COMMENT_SHARE


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(module: Path) -> None:
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert docstring, f"{module.name} has no docstring"
    assert docstring.strip().endswith(".")


def test_every_test_is_a_sentence_and_can_fail() -> None:
    silent = [
        name
        for module in TESTS
        for name, _, node in functions_of(module)
        if node.name.startswith("test_")
        and not any(isinstance(part, ast.Assert | ast.With) or checks(part) for part in ast.walk(node))
    ]
    short = [name for module in TESTS for name, _, node in functions_of(module) if is_no_sentence(node.name)]
    assert silent == []
    assert short == []


def checks(node: ast.AST) -> bool:
    called = ast.dump(node.func) if isinstance(node, ast.Call) else ""
    return any(word in called for word in ("assert", "expect", "check_", "validate"))


def is_no_sentence(name: str) -> bool:
    return name.startswith("test_") and len(name.split("_")) < 5
