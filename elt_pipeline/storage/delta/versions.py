"""The versions that a table of the lake has had: what each commit did, and whether its files still stand. No rows are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from deltalake import DeltaTable

from elt_pipeline.storage.delta.commits import LakeUnavailable, open_table, said_plainly, stamp_of


@dataclass(frozen=True)
class Version:
    """A version of a table: when and by which operation and run it came about, its rows and bytes, and whether it can be read.

    ``run_id`` is empty where the commit is not ours. A version cannot be read once maintenance has removed files of it.
    """

    version: int
    committed_at: str
    operation: str
    run_id: str
    row_count: int
    byte_count: int
    can_be_read: bool


def versions(url: str, limit: int) -> list[Version]:
    """Return the last ``limit`` versions of the table at ``url``, the newest first; none where there is no table."""
    table = open_table(url)
    if table is None:
        return []
    with said_plainly(url):
        stored = stored_files(url)
        return [_version(url, entry, stored) for entry in table.history(limit)]


def require_version(url: str, version: int) -> None:
    """Raise ``LakeUnavailable`` where the table at ``url`` has no such version, or no longer all files of it."""
    table = open_table(url)
    if table is None or not 0 <= version <= table.version():
        last = "there is no table" if table is None else f"its last is {table.version()}"
        raise LakeUnavailable(f"The lake's table at {url} has no version {version}: {last}.")
    with said_plainly(url):
        table = DeltaTable(url, version=version)
        is_whole = _files(table).keys() <= stored_files(url).keys()
    if not is_whole:
        raise LakeUnavailable(
            f"Version {version} of the lake's table at {url} cannot be read any more: maintenance has removed files of it. "
            "`booklake history` names the versions that can."
        )


def stored_files(url: str) -> Mapping[str, int]:
    """Return the bytes of each file below ``url``, by its path from there: of old versions and of the log too."""
    # The commands, which know this file's errors, should not wait for it.
    from deltalake.fs import DeltaStorageHandler  # noqa: PLC0415
    from pyarrow import fs  # noqa: PLC0415

    found = fs.PyFileSystem(DeltaStorageHandler(url)).get_file_info(fs.FileSelector("", recursive=True))
    return {file.path: file.size for file in found if file.type == fs.FileType.File}


def _version(url: str, entry: Mapping[str, object], stored: Mapping[str, int]) -> Version:
    number = int(str(entry["version"]))
    table = DeltaTable(url, version=number)
    files = _files(table)
    stamp = stamp_of(entry.get("userMetadata"))
    return Version(
        version=number,
        committed_at=datetime.fromtimestamp(int(str(entry["timestamp"])) / 1000, UTC).isoformat(timespec="seconds"),
        operation=str(entry.get("operation", "")),
        run_id=stamp.run_id if stamp else "",
        row_count=sum(table.get_add_actions(flatten=True)["num_records"].to_pylist()),
        byte_count=sum(files.values()),
        can_be_read=files.keys() <= stored.keys(),
    )


def _files(table: DeltaTable) -> dict[str, int]:
    actions = table.get_add_actions(flatten=True)
    return dict(zip(actions["path"].to_pylist(), actions["size_bytes"].to_pylist(), strict=True))
