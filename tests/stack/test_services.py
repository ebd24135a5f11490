"""The table of the servers beside env.template, the start scripts and supervisord's configuration. No server starts."""

import configparser
import re
from pathlib import Path

import pytest

from elt_pipeline.settings import ROOT
from stack.environments import environment_of
from stack.errors import StackFailed
from stack.places import Places
from stack.probes import PROBES
from stack.servers import Stack
from stack.supervisor import check_places, render

SCRIPTS = ROOT / "stack" / "start"


def test_every_port_of_the_template_is_listened_on_by_one_server_but_metabases(servers: Stack) -> None:
    template = (ROOT / "env.template").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+_PORT)=", template, re.MULTILINE))
    listened = [setting for service in servers.services for setting in service.ports]
    assert sorted(listened) == sorted(named - {"METABASE_PORT"})


def test_every_server_has_a_probe_and_a_start_script_that_becomes_it(servers: Stack) -> None:
    for service in servers.services:
        text = (SCRIPTS / service.script).read_text(encoding="utf-8")
        assert text.splitlines()[-1].startswith("exec ")
        assert service.probe in PROBES
    used = {service.script for service in servers.services}
    assert used | {"service"} == {file.name for file in SCRIPTS.iterdir()}


def test_a_server_waits_only_for_those_that_start_before_it(servers: Stack) -> None:
    before: set[str] = set()
    for service in servers.services:
        assert set(service.waits_for) <= before
        before.add(service.name)


@pytest.mark.parametrize("name", ["mysql", "minio", "spark-master", "spark-worker-1", "spark-connect", "dagster-code", "app"])
def test_a_server_is_told_what_its_start_script_uses(servers: Stack, exported: dict[str, str], name: str) -> None:
    service = next(service for service in servers.services if service.name == name)
    text = (SCRIPTS / service.script).read_text(encoding="utf-8")
    # What has a default is told in containers alone.
    used = set(re.findall(r"\$\{?([A-Z][A-Z_]+)\b(?!:-)", text)) - {"SPARK_WORKER_NUMBER"}
    told = environment_of(service, servers.places, exported)
    needed = used if name.startswith("spark-") is False else {"SPARK_ROLE", "SPARK_MASTER_PORT"}
    assert needed - set(told) == set()


def test_a_server_is_told_no_secret_that_is_not_its_own(servers: Stack, exported: dict[str, str]) -> None:
    secrets = {name for name in exported if name.endswith(("PASSWORD", "SECRET_ACCESS_KEY"))}
    known = {service.name: secrets & set(environment_of(service, servers.places, exported)) for service in servers.services}
    assert known["app"] == known["spark-master"] == known["spark-connect"] == set()
    assert known["mysql"] == {"MYSQL_PASSWORD", "MYSQL_ROOT_PASSWORD"}
    assert known["minio"] == {"MINIO_ROOT_PASSWORD"}
    assert known["postgres"] == {"POSTGRES_PASSWORD", "DAGSTER_PASSWORD", "WAREHOUSE_OWNER_PASSWORD"}
    assert "MYSQL_ROOT_PASSWORD" not in known["dagster-code"]


def test_as_many_workers_as_set_each_with_a_port_of_its_own(servers: Stack) -> None:
    three = Stack(servers.stack.model_copy(update={"spark_workers": 3}), servers.pipeline)
    workers = [service for service in three.services if service.script == "spark.sh" and service.probe == "spark-worker"]
    first = servers.stack.spark_worker_ui_port
    assert [list(worker.ports.values()) for worker in workers] == [[first], [first + 1], [first + 2]]


def test_the_configuration_ends_servers_in_the_opposite_order_and_holds_no_secret(
    servers: Stack, exported: dict[str, str]
) -> None:
    text = render(servers.services, servers.places, dict.fromkeys(servers.names, "told"))
    parsed = configparser.RawConfigParser()
    parsed.read_string(text)
    programs = [section for section in parsed.sections() if section.startswith("program:")]
    assert programs == [f"program:{service.name}" for service in servers.services]
    priorities = [parsed.getint(section, "priority") for section in programs]
    assert priorities == sorted(set(priorities))
    assert parsed.get("program:postgres", "stopsignal") == "INT"
    assert [value for name, value in exported.items() if name.endswith("PASSWORD") and value in text] == []


def test_a_server_that_is_told_something_else_has_another_section(servers: Stack) -> None:
    told = dict.fromkeys(servers.names, "told")
    before, after = (render(servers.services, servers.places, now).splitlines() for now in (told, told | {"minio": "else"}))
    assert len([line for line, other in zip(before, after, strict=True) if line != other]) == 1


def test_one_worker_more_changes_no_other_section(servers: Stack) -> None:
    more = Stack(servers.stack.model_copy(update={"spark_workers": 3}), servers.pipeline)
    one, three = (configparser.RawConfigParser() for _ in range(2))
    for parsed, stack in ((one, servers), (three, more)):
        parsed.read_string(render(stack.services, stack.places, dict.fromkeys(stack.names, "told")))
    assert {section: dict(one[section]) for section in one.sections()}.items() <= {
        section: dict(three[section]) for section in three.sections()
    }.items()
    assert len(three.sections()) == len(one.sections()) + 2


@pytest.mark.parametrize("folder", ["/" + "long/" * 20, "/a folder", "/it's"])
def test_a_folder_that_cannot_hold_the_servers_is_refused_by_name(folder: str) -> None:
    with pytest.raises(StackFailed, match="set VAR_DIR"):
        check_places(Places(Path(folder) / "stack"))
