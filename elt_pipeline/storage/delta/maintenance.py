"""The upkeep of a table's files: small ones become large ones, and what no kept version needs goes. No row changes."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from deltalake import CommitProperties, DeltaTable

from elt_pipeline.storage.delta.commits import Commit, last_commit, properties, said_plainly
from elt_pipeline.storage.delta.polars_writer import WRITER
from elt_pipeline.storage.delta.versions import stored_files


@dataclass(frozen=True)
class Maintained:
    """A table's files before and after, those of its log and of old versions too, and how many were compacted and removed."""

    table: str
    files_before: int
    files_after: int
    bytes_before: int
    bytes_after: int
    files_compacted: int
    files_removed: int


def maintain(name: str, url: str, kept_days: float) -> Maintained | None:
    """Compact the table at ``url`` and remove the files that only versions older than ``kept_days`` need; None without a table.

    Its commits carry the last stamp on, so that the table goes on counting as made from what it was made from. A table that
    needs nothing gets no commit. Files that a killed write left without a commit go too, once they are so old.
    """
    standing = last_commit(url)
    if standing is None:
        return None
    with said_plainly(url):
        table, before = DeltaTable(url), stored_files(url)
        compacted = table.optimize.compact(writer_properties=WRITER, commit_properties=_same_stamp(standing))
        removed = _remove_old(table, url, kept_days, _same_stamp(standing))
        after = stored_files(url)
    return Maintained(
        table=name,
        files_before=len(before),
        files_after=len(after),
        bytes_before=sum(before.values()),
        bytes_after=sum(after.values()),
        files_compacted=int(compacted["numFilesRemoved"]),
        files_removed=removed,
    )


def _remove_old(table: DeltaTable, url: str, kept_days: float, stamp: CommitProperties | None) -> int:
    hours = int(timedelta(days=kept_days).total_seconds() // 3600)
    # `full`: else only what the log says was removed goes, and not what a killed write left.
    vacuum = partial(table.vacuum, hours, full=True, enforce_retention_duration=False)
    # The log goes on naming files that are gone already.
    old = set(vacuum(dry_run=True)) & stored_files(url).keys()
    if old:
        vacuum(dry_run=False, commit_properties=stamp)
    return len(old)


def _same_stamp(standing: Commit) -> CommitProperties | None:
    if standing.stamp is None:
        return None
    return properties(replace(standing.stamp, content_version=standing.content_version))
