"""What is read of a Delta table: its stamp, and in one sentence why it cannot be read."""

from pathlib import Path

import polars as pl
import pytest

from elt_pipeline.storage.delta.commits import Fingerprint, LakeUnavailable, Overtaken, Stamp, last_commit, open_table, stamp_only

STAMP = Stamp("a run", Fingerprint("code", {"bronze.books": "id@1"}), {"1965": "hash"}, 3)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    url = tmp_path / "silver" / "works"
    pl.DataFrame({"title": ["Dune", "Emma"]}).write_delta(url)
    return url


def first_log_entry(table: Path) -> Path:
    return table / "_delta_log" / "00000000000000000000.json"


def test_a_stamp_comes_back_as_it_was_written_and_touches_no_row(place: str) -> None:
    url = f"{place}/works"
    pl.DataFrame({"title": ["Dune", "Emma"]}).write_delta(url)
    stamp_only(url, STAMP, 0)
    commit = last_commit(url)
    assert commit is not None
    assert (commit.stamp, commit.version, commit.row_count) == (STAMP, 1, 2)
    assert commit.content_id == f"{commit.table_id}@3"


def test_a_table_that_somebody_else_has_written_meanwhile_is_not_stamped(table: Path) -> None:
    pl.DataFrame({"title": ["Ulysses"]}).write_delta(table, mode="append")
    with pytest.raises(Overtaken, match="was written by somebody else meanwhile"):
        stamp_only(str(table), STAMP, 0)
    commit = last_commit(str(table))
    assert commit is not None
    assert (commit.version, commit.stamp) == (1, None)


def test_somebody_elses_commit_has_no_stamp(table: Path) -> None:
    commit = last_commit(str(table))
    assert commit is not None
    assert commit.stamp is None
    assert commit.content_id == f"{commit.table_id}@0"


def test_a_place_where_nothing_stands_is_no_table(place: str, tmp_path: Path) -> None:
    for url in (f"{place}/none", f"file://{tmp_path}/none"):
        assert open_table(url) is None
        assert last_commit(url) is None


def test_a_broken_log_is_named_in_one_sentence(table: Path) -> None:
    entry = first_log_entry(table)
    entry.write_text(entry.read_text(encoding="utf-8")[:200], encoding="utf-8")
    with pytest.raises(LakeUnavailable) as error:
        last_commit(str(table))
    said = str(error.value)
    assert said.startswith(f"The lake's table at {table} cannot be read: Kernel error: Json error: ")
    assert said.endswith(". Check LAKE_URL and the AWS_ variables, or restore the table.")
    assert "\n" not in said


def test_a_lost_log_entry_is_no_absent_table(table: Path) -> None:
    stamp_only(str(table), STAMP, 0)
    first_log_entry(table).unlink()
    with pytest.raises(LakeUnavailable, match="No table metadata or protocol found"):
        open_table(str(table))


def test_a_table_for_newer_readers_is_no_absent_table(table: Path) -> None:
    entry = first_log_entry(table)
    entry.write_text(entry.read_text(encoding="utf-8").replace('"minReaderVersion":1', '"minReaderVersion":99'), encoding="utf-8")
    with pytest.raises(LakeUnavailable, match="reader version 99"):
        open_table(str(table))


def test_a_file_in_the_way_is_no_empty_lake(tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("in the way")
    with pytest.raises(LakeUnavailable, match="Not a directory"):
        open_table(str(tmp_path / "lake" / "silver" / "works"))


@pytest.mark.parametrize(
    ("url", "named", "cause"),
    [
        ("foo://me:hush@host:9/lake?key=hush", "foo://host:9/lake", "Unknown scheme: foo"),
        ("http://host/lake", "http://host/lake", "Unknown scheme: http"),
        ("s3://me:hu/sh@bucket:x/lake", "s3://bucket:x/lake", "Could not parse s3://bucket:x/lake as a URL"),
    ],
)
def test_a_url_that_is_not_understood_is_named_without_its_password(url: str, named: str, cause: str) -> None:
    with pytest.raises(LakeUnavailable) as error:
        open_table(url)
    said = str(error.value)
    assert said.startswith(f"The lake's table at {named} cannot be read: {cause}")
    assert said.endswith(". Check LAKE_URL and the AWS_ variables, or restore the table.")
    assert "hu" not in said.replace("scheme", "")


def test_a_store_that_does_not_answer_is_named_with_the_last_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {"ENDPOINT_URL": "http://127.0.0.1:9", "ACCESS_KEY_ID": "me", "SECRET_ACCESS_KEY": "hush", "REGION": "here"}
    for name, value in (variables | {"ALLOW_HTTP": "true"}).items():
        monkeypatch.setenv(f"AWS_{name}", value)
    with pytest.raises(LakeUnavailable, match=r"s3a://lakehouse/silver/works cannot be read: .*Connection refused") as error:
        open_table("s3a://lakehouse/silver/works")
    assert "hush" not in str(error.value)
    assert "\n" not in str(error.value)
