"""What the commits of a Delta table carry, and how it is read back. Engine-neutral: delta-rs reads what either engine wrote."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

import polars as pl
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from elt_pipeline.contracts.table import ContractViolation, TableContract
from elt_pipeline.storage.delta.store_words import said_of_store

# What delta-rs calls a table that is not found, and is not: a place that cannot be read is no empty one.
UNREADABLE = ("Unknown scheme", "Could not parse", "kind: PermissionDenied", "kind: NotADirectory")


class LakeUnavailable(Exception):
    """A table of the lake could not be read; the message names it, the cause and what to do."""


class Overtaken(Exception):
    """Somebody else wrote a table between our reading and our writing of it."""

    def __init__(self, url: str) -> None:
        super().__init__(f"The lake's table at {url} was written by somebody else meanwhile. Run it again.")


@dataclass(frozen=True)
class Fingerprint:
    """What a table was made from: the code's version, and for each input the id and version of its table."""

    code: str
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stamp:
    """What our commits carry: the run, the fingerprint, and for tables of the source the hash of each partition's rows."""

    run_id: str
    fingerprint: Fingerprint
    partition_hashes: Mapping[str, str] = field(default_factory=dict)
    # The version that last changed rows, where this commit changed none.
    content_version: int | None = None

    def as_text(self) -> str:
        """The stamp as the text that goes into the commit."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True)
class Commit:
    """A table as it stands: its last commit's version and stamp (None where that commit is not ours), rows and bytes."""

    table_id: str
    version: int
    row_count: int
    byte_count: int
    stamp: Stamp | None

    @property
    def content_version(self) -> int:
        """The version that last changed rows."""
        known = self.stamp.content_version if self.stamp else None
        return self.version if known is None else known

    @property
    def content_id(self) -> str:
        """The id and version of the rows, as inputs are named in fingerprints; a re-created table has another id."""
        return f"{self.table_id}@{self.content_version}"


def open_table(url: str) -> DeltaTable | None:
    """The table at ``url``, or None where there is none. Raises ``LakeUnavailable`` where that cannot be told."""
    with said_plainly(url):
        try:
            return DeltaTable(url)
        except TableNotFoundError as error:
            if any(sign in str(error) for sign in UNREADABLE):
                raise
            return None


def last_commit(url: str) -> Commit | None:
    """The table at ``url`` as it stands, or None where there is none. Raises ``LakeUnavailable`` where it cannot be read."""
    table = open_table(url)
    if table is None:
        return None
    with said_plainly(url):
        files = table.get_add_actions(flatten=True)
        latest = table.history(1)[0]
    return Commit(
        table_id=str(table.metadata().id),
        version=table.version(),
        row_count=sum(files["num_records"].to_pylist()),
        byte_count=sum(files["size_bytes"].to_pylist()),
        stamp=stamp_of(latest.get("userMetadata")),
    )


def fits(contract: TableContract, url: str) -> bool:
    """Whether the table at ``url`` has the schema of its contract."""
    try:
        contract.check_polars(pl.scan_delta(url).collect_schema())
    except ContractViolation:
        return False
    return True


def properties(stamp: Stamp) -> CommitProperties:
    """The stamp in the form that delta-rs takes; Spark takes the same text as the option ``userMetadata``."""
    return CommitProperties(custom_metadata={"userMetadata": stamp.as_text()})


def stamp_only(url: str, stamp: Stamp, version: int) -> None:
    """Commit ``stamp`` to the table at ``url``, which is at that version, without touching a row. Raises ``Overtaken``."""
    import pyarrow as pa  # noqa: PLC0415 - the commands, which know this file's errors, should not wait for it.

    table = DeltaTable(url)
    if table.version() != version:
        raise Overtaken(url)
    nothing = pa.schema(table.schema().to_arrow()).empty_table()
    write_deltalake(table, nothing, mode="append", commit_properties=properties(stamp))


@contextmanager
def said_plainly(url: str) -> Iterator[None]:
    """Let what delta-rs raises of the table at ``url`` become ``LakeUnavailable`` in one sentence."""
    try:
        yield
    except (DeltaError, OSError) as error:
        cause = said_of_store(str(error)) or (
            f"{_cause(str(error))}. Check LAKE_URL and the AWS_ variables, or restore the table."
        )
        raise LakeUnavailable(f"The lake's table at {_without_password(url)} cannot be read: {cause}") from error


def _cause(message: str) -> str:
    """The first line of what delta-rs says and the last cause of the chain below it; without call stack and passwords."""
    first, *chain = _without_password(re.sub(r"\x1b\[\d+m", "", message.strip())).splitlines() or [""]
    causes = re.findall(r'(?:↳|message: ")\s*([^"↳\n]+)', "\n".join(chain))
    return ": ".join(part.strip(" .!\n") for part in [first.split(". Known schemes")[0], *causes[-1:]])


def _without_password(text: str) -> str:
    """The text without user, password and parameters of the URLs in it."""
    return re.sub(r'://(?:\S*@)?([^\s?"]*)(?:\?[^\s"]*)?', r"://\1", text)


def stamp_of(text: object) -> Stamp | None:
    """The stamp in a commit's text; None where the commit is not ours."""
    try:
        known = json.loads(str(text or ""))
        return Stamp(**(known | {"fingerprint": Fingerprint(**known["fingerprint"])}))
    except (ValueError, KeyError, TypeError):
        return None  # Somebody else's commit: what it says of itself is not for us.
