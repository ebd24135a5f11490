"""docker-compose.yml beside what it repeats: env.template, the servers of `make up`, the locks. No container starts."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from elt_pipeline.settings import Settings
from elt_pipeline.storage.postgres.postgres_server import SETTINGS
from stack import mariadb
from stack.servers import Stack
from stack.settings import AppSettings, ContainerSettings, MetabaseSettings

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
ONCE = ("init", "metabase-cards")
OF_OTHERS = ("mysql", "postgres", "minio", "metabase")
SPARK = tuple(name for name in SERVICES if name.startswith("spark-"))

# Of the pipeline's own settings, what a container has from its image or does not serve.
ELSEWHERE = {"VAR_DIR", "APP_PORT"}


def template() -> dict[str, str]:
    lines = (ROOT / "env.template").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]", line))


def filled(text: str) -> str:
    """The text as compose reads it with env.template, where a password is the name of its variable."""
    values = {name: value or name for name, value in template().items()}
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda found: values[found[1]], text)


def environment(service: str) -> dict[str, str]:
    return {name: filled(str(value)) for name, value in SERVICES[service].get("environment", {}).items()}


def names(settings: type[Any]) -> set[str]:
    return {name.upper() for name in settings.model_fields}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_compose_is_told_nothing_that_env_template_does_not_name() -> None:
    assert set(re.findall(r"\$\{(\w+)", TEXT)) - set(template()) == set()


def test_nothing_has_a_default_but_the_address_of_alerts() -> None:
    assert {use for use in re.findall(r"\$\{[^}]*\}", TEXT) if not re.fullmatch(r"\$\{\w+:\?run make env\}", use)} == {
        "${ALERT_URL-}"
    }
    assert set(re.findall(r"(\w+_(?:PASSWORD|PASS|KEY)): (?!\$\{)(.+)", TEXT)) == set()


def test_what_is_published_is_on_this_machine_alone_and_on_the_port_of_env() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    shape = re.compile(r"127\.0\.0\.1:\$\{(\w+_PORT):\?run make env\}:\$\{\1:\?run make env\}")
    found = [shape.fullmatch(port) for port in published]
    assert all(found), published
    # Workers and the code server are spoken to by the others alone.
    ports = {name for name in template() if name.endswith("_PORT")}
    assert {match[1] for match in found if match} == ports - {"SPARK_WORKER_UI_PORT", "DAGSTER_CODE_PORT"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_server_is_asked_for_its_health_and_started_again_and_gains_no_rights(service: str) -> None:
    told = SERVICES[service]
    assert told["security_opt"] == ["no-new-privileges:true"]
    assert told["restart"] == ("no" if service in ONCE else "unless-stopped")
    assert told["healthcheck"] == {"disable": True} if service in ONCE else told["healthcheck"]["test"]


def test_our_images_run_without_root_and_without_capabilities() -> None:
    for service in set(SERVICES) - set(OF_OTHERS):
        assert SERVICES[service]["cap_drop"] == ["ALL"]
        assert SERVICES[service]["read_only"] is (service != "spark-worker")
    for file in ("spark/Dockerfile", "stack/Dockerfile"):
        assert re.findall(r"^USER (.+)", read(file), re.MULTILINE) == ["booklake"]


def test_the_servers_are_those_of_make_up(servers: Stack) -> None:
    native = {re.sub(r"-\d+$", "", service.name) for service in servers.services}
    assert set(SERVICES) - native == {"init", "metabase", "metabase-cards"}
    assert native - set(SERVICES) == set()


@pytest.mark.parametrize("service", ["dagster-code", "dagit", "dagster-daemon"])
def test_dagster_is_started_as_natively(service: str) -> None:
    assert SERVICES[service]["command"] == [f"stack/start/{service}.sh"]
    assert (ROOT / SERVICES[service]["command"][0]).is_file()


def test_the_pipeline_is_told_every_setting_it_reads() -> None:
    assert names(Settings) - set(environment("dagster-code")) == ELSEWHERE
    assert names(ContainerSettings) - set(environment("init")) == set()
    assert names(MetabaseSettings) - set(environment("metabase-cards")) == set()
    assert names(AppSettings) - set(environment("app")) == set()


def test_every_address_inside_names_a_server_of_the_file() -> None:
    addresses = [value for name in SERVICES for value in environment(name).values() if "://" in value]
    hosts = {host for value in addresses for host in re.findall(r"://(?:[^@\s/]+@)?([a-z0-9.-]+)", value)}
    # What a person's browser opens, and the lake's bucket.
    assert hosts - set(SERVICES) == {"127.0.0.1", "lakehouse"}


def test_the_app_knows_its_own_password_alone() -> None:
    assert set(re.findall(r"\w+_(?:PASSWORD|ACCESS_KEY)\b", str(SERVICES["app"]["environment"]))) == {"WAREHOUSE_APP_PASSWORD"}


@pytest.mark.parametrize("service", SPARK)
def test_spark_is_told_what_its_scripts_ask_for(service: str) -> None:
    asked = set(re.findall(r"\$\{(\w+):\?", read("spark/write_conf.sh") + read("spark/start.sh")))
    of_the_image = {"SPARK_CONF_DIR", "SPARK_WORK"}
    lake = set() if service == "spark-connect" else {"AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID"}
    assert asked - set(environment(service)) - of_the_image - lake - {"1", "2"} == set()
    assert environment(service)["SPARK_ROLE"] == service.removeprefix("spark-")
    assert of_the_image <= set(re.findall(r"\b(\w+)=", read("spark/Dockerfile")))


def test_the_images_carry_the_versions_of_the_locks() -> None:
    spark = re.search(r"^pyspark\S*==(\S+)", read("spark/requirements.lock"), re.MULTILINE)
    client = re.search(r"^pyspark-client==(\S+)", read("requirements.lock"), re.MULTILINE)
    assert spark
    assert client
    assert {SERVICES[name]["image"] for name in SPARK} == {f"booklake/spark:{spark[1]}"}
    assert spark[1] == client[1]
    project = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert SERVICES["app"]["image"] == f"booklake/booklake:{project}"
    bases = {base for file in ("spark/Dockerfile", "stack/Dockerfile") for base in re.findall(r"^FROM (\S+)", read(file), re.M)}
    assert bases == {"python:3.11-slim-bookworm"}
    assert "--python-version 3.11" in read("Makefile")


def test_images_of_others_are_pinned() -> None:
    images = {name: filled(SERVICES[name]["image"]) for name in OF_OTHERS}
    assert re.fullmatch(r"postgres:15\.\d+-bookworm", images["postgres"])
    assert re.fullmatch(r"mysql:8\.4\.\d+", images["mysql"])
    assert re.fullmatch(r"pgsty/silo:RELEASE\.\S+Z", images["minio"])
    assert re.fullmatch(r"metabase/metabase:v0\.\d+\.\d+\.x", images["metabase"])


def test_postgres_and_mysql_are_set_as_natively() -> None:
    here = {"listen_addresses", "unix_socket_directories"}
    assert SERVICES["postgres"]["command"][1:] == [f"--{name}={value}" for name, value in SETTINGS.items() if name not in here]
    native = mariadb.server_command(Path("/data"), 1, Path("/first"))
    assert {flag for flag in native if flag.startswith(("--character", "--max"))} <= set(SERVICES["mysql"]["command"])
