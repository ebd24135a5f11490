"""How what is true about a generated folder is written while it is made; which facts these are belongs to those who know them."""

import json
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ANSWER_KEY = "answer_key.json"
LISTS = ("planted", "works", "editions")
# By reader with its namespace, `rating:2`.
TASTES = "tastes"

Facts = dict[str, Any]

_as_json = json.JSONEncoder(ensure_ascii=False).encode


class AnswerKey:
    """The answer key of a folder in the making: long lists go to a file each and become one JSON document in the end.

    A line per item, for people who compare two keys, and for readers who do not want all of it in memory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts = {name: folder / f"{name}.part" for name in (*LISTS, TASTES)}
        self._stack = ExitStack()
        self._files = {name: self._stack.enter_context(path.open("w+b")) for name, path in self._parts.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()
        for path in self._parts.values():
            path.unlink()

    def add(self, name: str, facts: Facts) -> None:
        """Append an item to one of the lists."""
        self._write(name, _as_json(facts))

    def add_tastes(self, reader: str, tastes: tuple[str, ...]) -> None:
        """Append the tastes of a reader."""
        self._write(TASTES, f"{_as_json(reader)}: {_as_json(tastes)}")

    def finish(self, facts: Mapping[str, Facts | list[str] | str]) -> None:
        """Write the document: the facts, of objects a line per item, and then the lists."""
        with (self._folder / ANSWER_KEY).open("wb") as document:
            for name, value in facts.items():
                document.write(b"," if document.tell() else b"{")
                document.write(f"\n{_as_json(name)}: {_by_lines(value)}".encode())
            for name, file in self._files.items():
                begin, end = (b"{", b"}") if name == TASTES else (b"[", b"]")
                document.write(f",\n{_as_json(name)}: ".encode() + begin)
                file.seek(0)
                shutil.copyfileobj(file, document, 2**20)
                document.write(b"\n" + end)
            document.write(b"\n}\n")

    def _write(self, name: str, item: str) -> None:
        file = self._files[name]
        file.write(f"{',' if file.tell() else ''}\n{item}".encode())


def _by_lines(value: Facts | list[str] | str) -> str:
    if not isinstance(value, dict):
        return _as_json(value)
    return "{\n" + ",\n".join(f"{_as_json(name)}: {_as_json(item)}" for name, item in value.items()) + "\n}"
