"""The commands as a person types them: what they print, as text and as JSON, and how they fail."""

import json
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import psycopg
import pytest
from click.testing import CliRunner, Result

from elt_pipeline.cli import main
from elt_pipeline.dagster_home import open_instance
from elt_pipeline.settings import exported_variables
from elt_pipeline.storage.dagster_history import KeptEnginesEventLogStorage
from elt_pipeline.storage.postgres.postgres_server import free_port
from tests.support.booklake import Booklake


@pytest.fixture
def empty_var() -> Iterator[Path]:
    """A folder that every user can enter, so that root's server keeps its data inside."""
    with tempfile.TemporaryDirectory(prefix="booklake-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def run(booklake: Booklake, *arguments: str, **variables: str) -> Result:
    return CliRunner().invoke(main, ["--env-file=", *arguments], env={"VAR_DIR": str(booklake.settings.var), **variables})


def answer(booklake: Booklake, *arguments: str) -> Any:
    result = run(booklake, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_every_command_first_names_the_places_that_it_uses(booklake: Booklake) -> None:
    result = run(booklake, "search", "dune")
    assert result.output.startswith(
        f"source: sqlite:///{booklake.source_file} · lake: {booklake.settings.var}/lake · engine: Sail"
    )


def test_a_misspelt_search_is_told_what_it_was_read_as(booklake: Booklake) -> None:
    result = run(booklake, "search", "hary poter", "--max-results", "1")
    assert 'Search for "hary poter", read as "harry potter":' in result.output
    assert "1. Harry Potter" in result.output
    assert answer(booklake, "search", "hary poter")[0]["title"].startswith("Harry Potter")


def test_a_search_that_finds_nothing_says_what_was_tried(booklake: Booklake) -> None:
    assert 'Nothing is found for "zzxqqy": tried its words' in run(booklake, "search", "zzxqqy").output


def test_recommendations_name_their_reasons(booklake: Booklake) -> None:
    result = run(booklake, "recommend", "--like", "harry potter", "--like", "dune")
    assert "For a reader of Harry Potter" in result.output
    assert "% because you liked" in result.output
    found = answer(booklake, "recommend", "--like", "harry potter", "--like", "dune")
    assert all(book["reasons"] for book in found)


def test_a_book_that_cannot_be_found_is_named(booklake: Booklake) -> None:
    result = run(booklake, "recommend", "--like", "zzxqqy")
    assert result.exit_code == 1
    assert "No book is found for 'zzxqqy'" in result.output


def test_the_ledger_says_for_each_table_that_it_balances(booklake: Booklake) -> None:
    result = run(booklake, "ledger")
    assert result.output.count("  balances") == len({row["source_table"] for row in answer(booklake, "ledger")})
    assert "unaccounted" not in result.output


def test_rejected_rows_are_shown_with_file_and_line(booklake: Booklake) -> None:
    rows = answer(booklake, "ledger", "--rejected")
    assert {row["reason"] for row in rows} >= {"no_title", "field_count", "placeholder"}
    lines = {(row["file"], row["line"]) for row in rows if row["reason"] == "field_count"}
    assert all(file and line for file, line in lines)


def test_merged_rows_are_shown_with_what_they_went_into(booklake: Booklake) -> None:
    rows = answer(booklake, "ledger", "--merged")
    assert {row["reason"] for row in rows} >= {"same_id", "same_work"}
    assert all(row["into_key"] for row in rows)
    assert "  → " in run(booklake, "ledger", "--merged").output


def test_status_shows_every_table_and_its_hash(booklake: Booklake) -> None:
    states = answer(booklake, "status", "--hashes")
    assert {state["table"]: state["content_hash"] for state in states} == booklake.hashes()
    assert all(len(state["content_hash"]) == 64 for state in states)
    assert "gold.works" in run(booklake, "status").output


def test_env_leaves_passwords_out_unless_they_are_asked_for(booklake: Booklake) -> None:
    masked = run(booklake, "env").output
    assert "WAREHOUSE_READER_URL='postgresql://127.0.0.1:" in masked
    shown = answer(booklake, "env", "--secrets")
    with psycopg.connect(shown["WAREHOUSE_READER_URL"]) as connection:
        assert connection.execute("select count(*) > 0 from recommendations.books").fetchone() == (True,)


def test_the_doctor_finds_nothing_wrong_where_all_is_well(booklake: Booklake) -> None:
    result = run(booklake, "doctor", APP_PORT=str(free_port()), DAGIT_PORT=str(free_port()))
    assert result.exit_code == 0, result.output
    assert "✗" not in result.output


def test_the_doctor_names_a_taken_port_and_an_empty_source_with_what_mends_them(empty_var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["--env-file=", "doctor"], env={"VAR_DIR": str(empty_var), "APP_PORT": port})
    assert result.exit_code == 1
    assert f"✗ APP_PORT: Port {port} is taken by" in result.output
    assert "make load DATASET=folder" in result.output


def test_the_doctor_calls_no_server_healthy_that_it_does_not_know(empty_var: Path) -> None:
    nobody = "postgresql://a:hush@127.0.0.1:9/b"
    servers = {"WAREHOUSE_URL": nobody, "DAGSTER_STORAGE_URL": nobody, "SPARK_REMOTE": "sc://127.0.0.1:9"}
    result = CliRunner().invoke(main, ["--env-file=", "doctor"], env={"VAR_DIR": str(empty_var), **servers})
    assert "Servers" not in result.output
    crosses = [line.strip() for line in result.output.splitlines() if "✗" in line]
    assert [line.split(":")[0] for line in crosses] == ["✗ Spark", "✗ Dagster's history", "✗ Source", "✗ Warehouse", "✗ Lake"]
    assert ["DAGSTER_STORAGE_URL" in crosses[1], "WAREHOUSE_URL" in crosses[3], "hush" in result.output] == [True, True, False]


@pytest.mark.parametrize(
    ("arguments", "variables", "told"),
    [
        pytest.param(["load", "nowhere"], {}, "nowhere", id="a folder that is not there"),
        pytest.param(["refresh"], {"WAREHOUSE_URL": "postgresql://a:hush@127.0.0.1:9/b"}, "WAREHOUSE_URL", id="no server"),
        pytest.param(["search", "dune"], {"WAREHOUSE_URL": "no url"}, "WAREHOUSE_URL", id="a URL that is none"),
        pytest.param(["refresh"], {}, "make load DATASET=folder", id="nothing loaded yet"),
    ],
)
def test_a_fault_ends_in_one_sentence_and_exit_code_1(
    empty_var: Path, arguments: list[str], variables: dict[str, str], told: str
) -> None:
    result = CliRunner().invoke(main, ["--env-file=", *arguments], env={"VAR_DIR": str(empty_var), **variables})
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert told in result.output
    assert "hush" not in result.output
    assert "Traceback" not in result.output


def test_exported_variables_win_over_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LAKE_URL=/from/the/file\nSOURCE_URL=sqlite:////from/the/file.db\n")
    variables = {"VAR_DIR": str(tmp_path), "LAKE_URL": "/exported", "SOURCE_URL": None}
    result = CliRunner().invoke(main, [f"--env-file={tmp_path / '.env'}", "status"], env=variables)
    assert "source: sqlite:////from/the/file.db · lake: /exported ·" in result.output


def test_dagsters_history_is_kept_by_our_storage_and_knows_the_run(booklake: Booklake) -> None:
    ended = booklake.refresh()
    with open_instance(booklake.settings) as instance:
        assert isinstance(instance.event_log_storage, KeptEnginesEventLogStorage)
        run_found = instance.get_run_by_id(ended.run_id)
        assert run_found is not None
        assert run_found.is_success
        assert len(instance.get_records_for_run(ended.run_id).records) > 100


def test_serve_shows_the_app_and_dagit_and_leaves_no_process(booklake: Booklake) -> None:
    app, dagit = free_port(), free_port()
    variables = {"VAR_DIR": str(booklake.settings.var), "APP_PORT": str(app), "DAGIT_PORT": str(dagit)}
    command = [sys.executable, "-m", "elt_pipeline", "--env-file=", "serve"]
    with subprocess.Popen(command, env=exported_variables() | variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(4)]
        assert any(f"http://127.0.0.1:{app}" in line for line in told), told
        assert urlopen(f"http://127.0.0.1:{app}/_stcore/health").read() == b"ok"
        assert b"Dagster" in urlopen(f"http://127.0.0.1:{dagit}/").read()
        family = psutil.Process(process.pid).children(recursive=True)
        # Dagster would read an .env of the checkout, and so the settings that this command was told to leave alone.
        assert {member.cwd() for member in family if "dagster" in " ".join(member.cmdline())} == {str(booklake.settings.var)}
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    assert len(family) >= 3
    assert [member for member in family if member.is_running() and member.status() != psutil.STATUS_ZOMBIE] == []
    secrets = booklake.settings.var / "app" / "secrets.toml"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
