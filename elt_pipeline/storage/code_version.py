"""The version of the code behind an asset: a hash that changes with what the code does, not with how it is laid out."""

import ast
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

PROJECT = "elt_pipeline"
ROOT = Path(__file__).resolve().parents[1]


def code_version(module: str, packages: Iterable[str]) -> str:
    """Return 16 hexadecimal digits over the code of ``module``, of the project modules it imports, and ``packages``' versions.

    Code is its syntax tree: comments, layout and docstrings do not count. ``packages`` are named as on PyPI.
    """
    digest = hashlib.sha256()
    for name in sorted(_reachable(module)):
        digest.update(f"{name}\n{_meaning(name)}\n".encode())
    for package in sorted(packages):
        digest.update(f"{package}=={version(package)}\n".encode())
    return digest.hexdigest()[:16]


def _reachable(module: str) -> set[str]:
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in found and _file_of(name):
            found.add(name)
            waiting.extend(_imports(name))
    return found


@cache
def _imports(module: str) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update([str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)])
    return frozenset(name for name in found if name.startswith(PROJECT))


def _file_of(module: str) -> Path | None:
    place = ROOT.joinpath(*module.split(".")[1:])
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


@cache
def _tree(module: str) -> ast.Module:
    file = _file_of(module)
    if file is None:
        raise LookupError(f"{module} is no module of the project.")
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def _meaning(module: str) -> str:
    tree = ast.parse(ast.unparse(_tree(module)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:]
    return ast.dump(tree)
