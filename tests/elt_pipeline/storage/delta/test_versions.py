"""The versions of a table: who made each, how many rows it has, and whether it can still be read."""

import polars as pl
import pytest

from elt_pipeline.storage.delta.commits import Fingerprint, LakeUnavailable, Stamp, properties
from elt_pipeline.storage.delta.maintenance import maintain
from elt_pipeline.storage.delta.versions import require_version, stored_files, versions


def written(url: str, run_id: str, *titles: str) -> None:
    options = {"commit_properties": properties(Stamp(run_id, Fingerprint("code")))}
    pl.DataFrame({"title": titles}).write_delta(url, mode="overwrite", delta_write_options=options)


@pytest.fixture
def url(place: str) -> str:
    url = f"{place}/works"
    written(url, "the first run", "Dune")
    written(url, "the second run", "Dune", "Emma")
    return url


def test_each_version_says_which_run_made_it_and_how_many_rows_it_has(url: str) -> None:
    pl.DataFrame({"title": ["Ubik"]}).write_delta(url, mode="append")
    found = versions(url, 10)
    assert [(version.version, version.run_id, version.row_count, version.can_be_read) for version in found] == [
        (2, "", 3, True),
        (1, "the second run", 2, True),
        (0, "the first run", 1, True),
    ]
    assert (
        found[0].byte_count
        == sum(size for name, size in stored_files(url).items() if name.endswith(".parquet")) - found[2].byte_count
    )
    assert versions(url, 1) == found[:1]


def test_a_version_whose_files_were_removed_is_marked(url: str) -> None:
    maintain("works", url, kept_days=0)
    can_be_read = {version.version: version.can_be_read for version in versions(url, 10)}
    assert can_be_read.pop(0) is False
    assert set(can_be_read.values()) == {True}
    require_version(url, 1)
    with pytest.raises(LakeUnavailable, match=r"Version 0 .* cannot be read any more"):
        require_version(url, 0)


def test_a_version_that_never_was_is_said_to(url: str) -> None:
    with pytest.raises(LakeUnavailable, match=r"works has no version 7: its last is 1\."):
        require_version(url, 7)
    with pytest.raises(LakeUnavailable, match=r"none has no version 0: there is no table\."):
        require_version(f"{url}/none", 0)
