"""make up, status and down on real servers: what comes back, what is refused, who may do what."""

from io import BytesIO

import psutil
import pymysql
import pytest
from minio import Minio
from minio.error import S3Error

from stack import processes
from tests.support.real_stack import RealStack, lake_client, source_login

pytestmark = pytest.mark.stack


def test_every_server_is_healthy_and_told_of_with_version_memory_and_address(real_stack: RealStack) -> None:
    told = real_stack.command("status")
    assert told.returncode == 0, told.stdout
    rows = [line.split() for line in told.stdout.splitlines()[1:-1]]
    assert [row[1] for row in rows] == ["healthy"] * 11
    assert all(int(row[2]) > 10 and row[3] == "MB" for row in rows)


def test_a_second_up_starts_nothing_anew(real_stack: RealStack) -> None:
    with real_stack.settings() as servers:
        before = {name: real_stack.pid(name) for name in servers.names}
        real_stack.up()
        assert {name: real_stack.pid(name) for name in servers.names} == before


def test_no_server_listens_beyond_this_machine(real_stack: RealStack) -> None:
    with real_stack.settings() as servers:
        members = processes.members(servers.places, servers.names)
    found = [
        one for one in psutil.net_connections("tcp") if one.status == psutil.CONN_LISTEN and one.pid in members and one.laddr
    ]
    assert {one.laddr.ip for one in found if one.laddr} <= {"127.0.0.1", "::ffff:127.0.0.1", "::1"}
    assert found


def test_the_app_is_told_no_password_by_its_environment(real_stack: RealStack) -> None:
    secrets = {
        value
        for line in real_stack.env_file.read_text().splitlines()
        for name, _, value in [line.partition("=")]
        if name.endswith(("PASSWORD", "SECRET_ACCESS_KEY"))
    }
    told = psutil.Process(real_stack.pid("app")).environ()
    assert len(secrets) > 10
    assert [name for name, value in told.items() if any(secret in value for secret in secrets)] == []


def test_dagster_stands_outside_the_checkout_whose_env_it_would_read(real_stack: RealStack) -> None:
    for name in ("dagster-code", "dagit", "dagster-daemon"):
        server = psutil.Process(real_stack.pid(name))
        assert {member.cwd() for member in (server, *server.children())} == {str(real_stack.folder / "var" / "stack")}


def test_the_pipelines_key_reaches_the_layers_of_the_lake_alone(real_stack: RealStack) -> None:
    with real_stack.settings() as servers:
        key = lake_client(servers)
    for layer in ("bronze", "silver", "gold"):
        put(key, f"{layer}/kept")
        key.remove_object(bucket_name="lakehouse", object_name=f"{layer}/kept")
    with pytest.raises(S3Error, match="Access Denied"):
        put(key, "elsewhere/kept")
    with pytest.raises(S3Error, match="Access Denied"):
        key.make_bucket(bucket_name="another")
    with pytest.raises(S3Error, match="Access Denied"):
        key.remove_bucket(bucket_name="lakehouse")


def test_the_sources_account_reaches_its_own_database_alone(real_stack: RealStack) -> None:
    with real_stack.settings() as servers, source_login(servers) as login, login.cursor() as cursor:
        cursor.execute("show databases")
        assert {name for (name,) in cursor.fetchall()} == {"books", "information_schema"}
        cursor.execute("create table books.tried (id int)")
        cursor.execute("drop table books.tried")
        with pytest.raises(pymysql.MySQLError, match="denied"):
            cursor.execute("create database another")


def test_a_changed_password_is_taken_over_by_the_server_and_by_who_uses_it(real_stack: RealStack) -> None:
    real_stack.set("MYSQL_PASSWORD", "another_one")
    told = real_stack.up()
    with real_stack.settings() as servers, source_login(servers) as login:
        assert login.get_server_info()
    assert "mysql is told something else than before" in told
    assert "minio is told" not in told


def test_a_server_that_was_killed_is_started_again_by_itself(real_stack: RealStack) -> None:
    before = psutil.Process(real_stack.pid("minio"))
    before.kill()
    before.wait()
    assert real_stack.command("wait").returncode == 0
    assert real_stack.pid("minio") != before.pid


def test_what_a_killed_supervisord_left_is_ended_and_everything_comes_up_again(real_stack: RealStack) -> None:
    before = {name: real_stack.pid(name) for name in ("mysql", "postgres", "minio", "spark-connect", "dagit")}
    supervisord = psutil.Process(real_stack.pid("supervisord"))
    supervisord.kill()
    supervisord.wait()
    told = real_stack.up()
    assert all(f"{name} was left by a supervisord that was killed: ended." in told for name in before)
    assert [name for name, pid in before.items() if psutil.pid_exists(pid)] == []
    assert real_stack.command("status").returncode == 0


def test_what_the_servers_keep_outlives_down_and_up(real_stack: RealStack) -> None:
    with real_stack.settings() as servers:
        put(lake_client(servers), "gold/kept")
        with source_login(servers) as login, login.cursor() as cursor:
            cursor.execute("create table if not exists books.kept as select 7 as number")
    down = real_stack.command("down")
    assert "mysql ended" in down.stdout
    with real_stack.settings() as servers:
        assert processes.members(servers.places, servers.names) == {}
        real_stack.up()
        assert lake_client(servers).get_object(bucket_name="lakehouse", object_name="gold/kept").data == b"kept"
        with source_login(servers) as login, login.cursor() as cursor:
            cursor.execute("select number from books.kept")
            assert cursor.fetchone() == (7,)


def test_a_server_that_does_not_come_up_is_told_with_the_end_of_its_log(real_stack: RealStack) -> None:
    with real_stack.settings() as servers:
        right = servers.stack.minio_root_password.get_secret_value()
    real_stack.set("MINIO_ROOT_PASSWORD", "short")
    ended = real_stack.command("up")
    assert ended.returncode == 1
    assert "minio does not stay up" in ended.stderr
    assert "at least 8 characters" in ended.stderr
    real_stack.set("MINIO_ROOT_PASSWORD", right)
    real_stack.up()
    assert real_stack.command("status").returncode == 0


def test_the_files_of_servers_that_run_are_not_removed(real_stack: RealStack) -> None:
    refused = real_stack.command("remove", "--yes")
    assert refused.returncode == 1
    assert "make down" in refused.stderr
    assert real_stack.command("status").returncode == 0


def put(key: Minio, name: str) -> None:
    key.put_object(bucket_name="lakehouse", object_name=name, data=BytesIO(b"kept"), length=4)
