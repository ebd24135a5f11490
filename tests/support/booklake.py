"""A whole Booklake in a folder of its own, as the tests handle it."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

from elt_pipeline.commands.lake_questions import table_states
from elt_pipeline.commands.loading import load_into_source
from elt_pipeline.runs import Ended, refresh
from elt_pipeline.settings import Settings
from elt_pipeline.storage.postgres.warehouse import Warehouse


@dataclass(frozen=True)
class Booklake:
    """Settings over a folder of its own, the dataset that was loaded first, and the server, held running."""

    settings: Settings
    dataset: Path
    warehouse: Warehouse

    @property
    def source_file(self) -> Path:
        return self.settings.var / "source.db"

    def load(self, folder: Path) -> None:
        load_into_source(self.settings, folder, lambda _: None, replace=False)

    def refresh(self) -> Ended:
        ended = refresh(self.settings)
        assert ended.failures == ()
        return ended

    def hashes(self) -> dict[str, str]:
        """The content hash of each table of the lake."""
        return {state.table: state.content_hash for state in table_states(self.settings, with_hashes=True)}

    def lake_files(self) -> dict[str, tuple[int, int]]:
        """Size and time of each file of the lake."""
        files = (file for file in (self.settings.var / "lake").rglob("*") if file.is_file())
        return {str(file): (file.stat().st_size, file.stat().st_mtime_ns) for file in files}

    def outcomes(self, run_id: str) -> dict[str, str]:
        """What a run did to each asset."""
        rows = self.ask("select asset, outcome from ops.timings where run_id = %s", run_id)
        return {str(asset): str(outcome) for asset, outcome in rows}

    def ask(self, question: LiteralString, *values: object) -> list[tuple[object, ...]]:
        """What an analyst sees."""
        with self.warehouse.connect("reader") as connection:
            return connection.execute(question, values).fetchall()

    def change_source(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.source_file)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    def ask_source(self, question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.source_file)) as connection:
            return connection.execute(question).fetchall()

    def keep_source(self, copy: Path) -> None:
        shutil.copyfile(self.source_file, copy)

    def restore_source(self, copy: Path) -> None:
        shutil.copyfile(copy, self.source_file)
