"""A folder that is written whole or not at all, and not again where it is already right; its contents belong to generator.py."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

FINGERPRINT = "generated.json"


def write_folder(folder: Path, fingerprint: str, write_contents: Callable[[Path], None]) -> None:
    """Have the files written into ``folder``, beside their fingerprint, unless it holds exactly those already.

    ``write_contents`` gets an empty folder, which takes the place of the old one in the end. Raises ``FileExistsError`` where the
    folder holds anything that was not written by this function.
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
        write_contents(unfinished)
        record = json.dumps({"fingerprint": fingerprint, "files": _hashes(unfinished)}, indent=1)
        (unfinished / FINGERPRINT).write_text(record + "\n", encoding="utf-8")
        if folder.exists():
            folder.rename(outdated)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(outdated, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Whether the folder is absent, empty, or was written by this module."""
    return not folder.exists() or (folder / FINGERPRINT).is_file() or not any(folder.iterdir())


def _is_current(folder: Path, fingerprint: str) -> bool:
    if not (folder / FINGERPRINT).is_file():
        return False
    try:
        record = json.loads((folder / FINGERPRINT).read_text(encoding="utf-8"))
    except ValueError:
        return False
    return bool(record == {"fingerprint": fingerprint, "files": _hashes(folder)})


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: _sha256(path) for path in sorted(folder.iterdir()) if path.name != FINGERPRINT}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
