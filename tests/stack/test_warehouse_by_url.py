"""A plain Postgres as the warehouse and as Dagster's history, a MySQL as the source: the whole way, its rights and its faults."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr

from elt_pipeline.commands.lake_questions import table_states
from elt_pipeline.commands.loading import load_into_source
from elt_pipeline.dagster_home import open_instance
from elt_pipeline.runs import refresh
from elt_pipeline.session import open_warehouse
from elt_pipeline.settings import ROOT, Settings
from elt_pipeline.storage.postgres.lake_lock import LakeBusy, lake_lock
from elt_pipeline.storage.postgres.refusals import HistoryUnavailable
from elt_pipeline.storage.postgres.warehouse import WarehouseUnavailable
from tests.support.servers import MariaDB, Postgres, mariadb, postgres

pytestmark = pytest.mark.stack

Dying = Callable[[str], AbstractContextManager[None]]
PLANTED = "xq7@/:%#'{{x}}"
# Holds the lake until it is killed.
HOLDER = """
import signal, sys, psycopg
from elt_pipeline.storage.postgres.lake_lock import lake_lock
with lake_lock(lambda: psycopg.connect(sys.argv[1], autocommit=True), "s3a://lake", "refresh killed", print):
    print("held", flush=True)
    signal.pause()
"""
PASSWORDS: dict[str, Any] = {
    f"warehouse_{role}_password": SecretStr(f"{role} {PLANTED}") for role in ("loader", "dbt", "app", "reader")
}


@pytest.fixture(scope="module")
def source() -> Iterator[MariaDB]:
    with mariadb() as running:
        yield running


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres(["--max_connections=20"]) as running:
        yield running


@pytest.fixture
def settings(source: MariaDB, server: Postgres, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """All three servers by URL, none of whose users is a superuser; only the lake is a folder."""
    server.execute(
        "drop database if exists booklake with (force)",
        "drop database if exists dagster with (force)",
        "drop role if exists owner",
        "drop role if exists dagster",
    )
    history = server.create_database("dagster", "dagster", f"history {PLANTED}", rights="")
    monkeypatch.setenv("DAGSTER_STORAGE_URL", history)  # As it is exported: Dagster reads it by its name.
    return Settings(
        source_url=SecretStr(source.create_user("shop", f"shop {PLANTED}", "all")),
        warehouse_url=SecretStr(server.create_database("booklake", "owner", f"owner {PLANTED}")),
        dagster_storage_url=SecretStr(history),
        var_dir=folder,
        **PASSWORDS,
    )


def hashes(settings: Settings) -> dict[str, str]:
    return {state.table: state.content_hash for state in table_states(settings, with_hashes=True)}


def load(settings: Settings, dataset: Path) -> None:
    load_into_source(settings, dataset, lambda _: None, replace=True)


def test_by_url_every_table_is_what_it_is_embedded_a_rerun_writes_nothing_and_no_password_is_told(
    settings: Settings, server: Postgres, dataset: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    load(settings, dataset)
    first = refresh(settings)
    assert first.failures == ()
    found = hashes(settings)
    versions = {state.table: state.version for state in table_states(settings, with_hashes=False)}
    assert refresh(settings).failures == ()
    assert {state.table: state.version for state in table_states(settings, with_hashes=False)} == versions
    told = "".join(capfd.readouterr())
    told += "".join(file.read_text(errors="replace") for file in (settings.var / "logs").rglob("*") if file.is_file())
    told += "".join(file.read_text(errors="replace") for file in (settings.var / "dagster").rglob("*") if file.is_file())
    told += str(server.execute("select event from event_logs", database="dagster"))
    told += str(server.execute("select run_body from runs", database="dagster"))
    assert first.run_id in told
    assert "xq7" not in told
    with open_warehouse(settings) as warehouse, warehouse.connect("reader") as connection:
        outcomes = connection.execute("select outcome, count(*) from ops.runs group by 1").fetchall()
    assert outcomes == [("succeeded", 2)]

    embedded = Settings(var_dir=settings.var / "embedded")
    load(embedded, dataset)
    assert refresh(embedded).failures == ()
    assert hashes(embedded) == found


def test_a_changed_password_is_taken_over_by_the_next_command(settings: Settings) -> None:
    for password in ("first", "sec'ond \\ é@"):
        changed = settings.model_copy(update={"warehouse_app_password": SecretStr(password)})
        with open_warehouse(changed) as warehouse, warehouse.connect("app") as connection:
            assert connection.execute("select current_user").fetchone() == ("booklake_app",)


def test_two_databases_of_one_server_work_side_by_side_where_both_have_the_same_passwords(
    settings: Settings, server: Postgres
) -> None:
    server.execute("drop database if exists other", "drop role if exists neighbour")
    url = server.create_database("other", "neighbour", "neighbour's")
    for one in (settings, settings.model_copy(update={"warehouse_url": SecretStr(url)}), settings):
        with open_warehouse(one) as warehouse:
            for role in ("loader", "dbt", "app", "reader"):
                warehouse.connect(role).close()
    stranger = settings.model_copy(update={"warehouse_url": SecretStr(url), "warehouse_app_password": SecretStr("another")})
    refused = pytest.raises(WarehouseUnavailable, match=r"WAREHOUSE_APP_PASSWORD. .*another Booklake uses that server")
    with open_warehouse(stranger), open_warehouse(settings) as warehouse, refused:
        warehouse.connect("app")


def test_an_owner_that_may_make_no_roles_is_told_which_right_it_needs(folder: Path) -> None:
    with postgres() as fresh:
        url = fresh.create_database("booklake", "weak", "weak", rights="")
        with (
            pytest.raises(WarehouseUnavailable, match=r"WAREHOUSE_URL must be able to create roles .*CREATEROLE"),
            open_warehouse(Settings(warehouse_url=SecretStr(url), var_dir=folder)),
        ):
            pass


def test_a_server_without_a_free_connection_says_so(settings: Settings) -> None:
    with open_warehouse(settings):
        pass
    owner, held = settings.warehouse_url, list[psycopg.Connection[tuple[object, ...]]]()
    assert owner is not None

    def take_all() -> None:
        while True:
            held.append(psycopg.connect(owner.get_secret_value()))

    with pytest.raises(psycopg.OperationalError):
        take_all()
    try:
        with (
            pytest.raises(WarehouseUnavailable, match=r"refuses the role owner: .*max_connections"),
            open_warehouse(settings),
        ):
            pass
    finally:
        for connection in held:
            connection.close()


@pytest.fixture
def dying(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Dying:
    """A context in which the server is killed as soon as a refresh begins to ``load_gold`` or ``build_recommendations``."""
    from elt_pipeline.storage import serving  # noqa: PLC0415 - what is to be interrupted.

    @contextmanager
    def dying_at(name: str) -> Iterator[None]:
        real = getattr(serving, name)

        def die(*arguments: object, **more: object) -> object:
            server.end(signal.SIGKILL)
            return real(*arguments, **more)

        with monkeypatch.context() as patched:
            patched.setattr(serving, name, die)
            yield
        server.start()

    return dying_at


@pytest.mark.parametrize("step", ["load_gold", "build_recommendations"])
def test_a_server_that_dies_in_the_middle_fails_the_run_and_the_next_one_completes(
    settings: Settings, dataset: Path, step: str, dying: Dying
) -> None:
    load(settings, dataset)
    embedded_history = settings.model_copy(update={"dagster_storage_url": None})
    with dying(step):
        ended = refresh(embedded_history)
    told = "\n".join(ended.failures)
    assert ("WAREHOUSE_URL" in told or "dbt could not build" in told, "xq7" in told) == (True, False), told
    assert refresh(embedded_history).failures == ()


def test_a_history_that_dies_in_the_middle_is_named_in_one_sentence_and_the_next_run_completes(
    settings: Settings, dataset: Path, dying: Dying, capfd: pytest.CaptureFixture[str]
) -> None:
    load(settings, dataset)
    with dying("load_gold"), pytest.raises(HistoryUnavailable, match=r"or correct DAGSTER_STORAGE_URL\..* run it again"):
        refresh(settings)
    assert "Retrying failed database connection" not in "".join(capfd.readouterr())
    assert refresh(settings).failures == ()


def test_a_second_writer_waits_and_is_refused_and_a_killed_holders_lock_is_free(settings: Settings, server: Postgres) -> None:
    said = list[str]()
    with open_warehouse(settings) as warehouse:

        def lock(who: str) -> AbstractContextManager[object]:
            return lake_lock(lambda: warehouse.connect("owner"), "s3a://lake", who, said.append, give_up_seconds=0.1)

        with lock("refresh 1"), pytest.raises(LakeBusy, match="still being written by booklake refresh 1"), lock("refresh 2"):
            pass
        assert [sentence.split(",")[0] for sentence in said] == ["Waiting for booklake refresh 1"]
        url = warehouse.owner_url.get_secret_value()
        holder = subprocess.Popen([sys.executable, "-c", HOLDER, url], cwd=ROOT, stdout=subprocess.PIPE)
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LakeBusy), lock("refresh 2"):
            pass
        holder.kill()
        holder.communicate()
        with lake_lock(lambda: warehouse.connect("owner"), "s3a://lake", "refresh 3", said.append, give_up_seconds=30):
            pass
    assert server.execute("select count(*) from pg_locks where locktype = 'advisory'") == [(0,)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(lambda url: url.replace("history", "wrong"), "refuses the password of the role dagster", id="password"),
        pytest.param(lambda url: f"{url}_missing", "does not exist. Create it", id="database"),
        pytest.param(lambda url: url.rpartition("@")[0] + "@127.0.0.1:1/dagster", "does not answer", id="port closed"),
        pytest.param(lambda url: url.rpartition("@")[0] + "@no-host.invalid/dagster", "cannot be found", id="host"),
    ],
)
def test_a_history_that_cannot_be_reached_names_its_setting(
    settings: Settings, change: object, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(change)
    assert settings.dagster_storage_url is not None
    wrong = change(settings.dagster_storage_url.get_secret_value())
    monkeypatch.setenv("DAGSTER_STORAGE_URL", wrong)
    with pytest.raises(HistoryUnavailable, match=rf"history of Dagster at .*{told}.*DAGSTER_STORAGE_URL") as error:
        open_instance(settings.model_copy(update={"dagster_storage_url": SecretStr(wrong)}))
    assert "xq7" not in f"{error.value}{error.value.__cause__}"
