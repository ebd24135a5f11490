"""A folder that is written whole or not at all, and not again where it is already right; its contents belong to generator.py."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

FINGERPRINT = "generated.json"

Contents = dict[str, bytes]


def write_folder(folder: Path, fingerprint: str, make_contents: Callable[[], Contents]) -> None:
    """Put the files and their fingerprint into ``folder``, unless it holds exactly those; contents are made only where needed.

    Raises ``FileExistsError`` where the folder holds anything that was not written by this function.
    """
    if _is_current(folder, fingerprint):
        return
    if not _is_ours(folder):
        raise FileExistsError(f"{folder} exists and is not a generated dataset. Name another folder, or move this one away.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}.unfinished")
    outdated = folder.with_name(f".{folder.name}.{os.getpid()}.outdated")
    try:
        unfinished.mkdir()
        _write(unfinished, make_contents(), fingerprint)
        if folder.exists():
            folder.rename(outdated)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(outdated, ignore_errors=True)


def _write(folder: Path, contents: Contents, fingerprint: str) -> None:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    record = {"fingerprint": fingerprint, "files": {name: _sha256(content) for name, content in sorted(contents.items())}}
    (folder / FINGERPRINT).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _is_ours(folder: Path) -> bool:
    """Whether the folder is absent, empty, or was written by this module."""
    return not folder.exists() or (folder / FINGERPRINT).is_file() or not any(folder.iterdir())


def _is_current(folder: Path, fingerprint: str) -> bool:
    if not (folder / FINGERPRINT).is_file():
        return False
    try:
        record = json.loads((folder / FINGERPRINT).read_text(encoding="utf-8"))
        files = {path.name: _sha256(path.read_bytes()) for path in folder.iterdir() if path.name != FINGERPRINT}
    except ValueError:
        return False
    return bool(record == {"fingerprint": fingerprint, "files": files})


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
