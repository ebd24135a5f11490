"""Each role has its URL; a refusal says which setting to correct and shows no password."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from elt_pipeline.storage.postgres.warehouse import Role, Warehouse, WarehouseUnavailable


def test_a_roles_url_is_the_owners_with_another_login() -> None:
    warehouse = Warehouse(SecretStr("postgresql://me:a%40b@db.example:6000/books?sslmode=require"), {"app": SecretStr("p/w@d")})
    url = warehouse.url_for("app").get_secret_value()
    assert url == "postgresql://booklake_app:p%2Fw%40d@db.example:6000/books?sslmode=require"
    assert warehouse.url_for("owner") == warehouse.owner_url


@pytest.mark.parametrize("role", ["loader", "dbt", "app", "reader"])
def test_each_role_logs_in_as_itself(warehouse: Warehouse, role: Role) -> None:
    with warehouse.connect(role, "a name") as connection:
        found = connection.execute("select current_user, current_setting('application_name')").fetchone()
    assert found == (f"booklake_{role}", "a name")


def test_a_wrong_password_names_the_setting_and_not_the_password(warehouse: Warehouse) -> None:
    wrong = replace(warehouse, passwords={"app": SecretStr("planted")})
    with pytest.raises(
        WarehouseUnavailable, match=r"refuses the password of the role app: correct WAREHOUSE_APP_PASSWORD"
    ) as refusal:
        wrong.connect("app")
    assert "planted" not in f"{refusal.value!r}{refusal.value.__cause__!r}{wrong!r}"


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        (
            "postgresql://me:planted@127.0.0.1:1/books",
            r"127.0.0.1:1, database books does not answer: start it, or correct WAREHOUSE_URL",
        ),
        ("postgresql://me:planted@no-host.invalid/books", r"no-host.invalid:5432, .* cannot be found: no such host"),
        ("postgresql://me:planted@127.0.0.1:port/books", r"WAREHOUSE_URL is no URL: write it as postgresql://user:password"),
    ],
)
def test_a_server_that_is_not_there_names_the_place(url: str, advice: str) -> None:
    with pytest.raises(WarehouseUnavailable, match=advice) as refusal:
        Warehouse(SecretStr(url), {}).connect("owner")
    assert "planted" not in f"{refusal.value!r}{refusal.value.__cause__!r}"


@pytest.mark.parametrize(
    ("wrote", "told"),
    [
        (["PANIC:  could not write to file: No space left on device"], "It last said: PANIC:  could not write to file: No space"),
        (["LOG:  server process (PID 7) was terminated by signal 9"], "It last said: LOG:  server process (PID 7) was"),
        ([], "The embedded Postgres has ended. Run it again"),
    ],
)
def test_a_private_server_that_is_gone_is_told_with_why_where_its_log_says_it(
    tmp_path: Path, wrote: list[str], told: str
) -> None:
    log = tmp_path / "postgres.log"
    answers = ['ERROR:  column "titel" does not exist', "FATAL:  the database system is in recovery mode"]
    log.write_text("\n".join([*wrote, *answers]), encoding="utf-8")
    with pytest.raises(WarehouseUnavailable) as refusal:
        Warehouse(SecretStr("postgresql://me:planted@127.0.0.1:1/books"), {}, log).connect("owner")
    assert told in str(refusal.value)
    assert "titel" not in str(refusal.value)


def test_a_private_server_without_a_log_is_told_as_ended(tmp_path: Path) -> None:
    with pytest.raises(WarehouseUnavailable, match=r"The embedded Postgres has ended\. Run it again"):
        Warehouse(SecretStr("postgresql://me:planted@127.0.0.1:1/books"), {}, tmp_path / "none").connect("owner")


def test_a_missing_database_is_told_apart_from_a_missing_server(warehouse: Warehouse) -> None:
    url = warehouse.owner_url.get_secret_value().rpartition("/")[0] + "/absent"
    with pytest.raises(
        WarehouseUnavailable,
        match=r'refuses the role owner: database "absent" does not exist. Create it, or correct WAREHOUSE_URL',
    ):
        Warehouse(SecretStr(url), {}).connect("owner")
