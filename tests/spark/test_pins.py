import re
from pathlib import Path
from xml.etree import ElementTree as ET

from elt_pipeline.settings import ROOT

POM = "{http://maven.apache.org/POM/4.0.0}"


def locked(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


SERVERS, PIPELINE = locked(ROOT / "spark/requirements.lock"), locked(ROOT / "requirements.lock")
# delta-spark holds it back, and nothing that travels between the two sides needs it.
HELD_BACK = {"importlib-metadata"}


def wanted_jars() -> set[str]:
    pom = ET.parse(ROOT / "spark/pom.xml").getroot()  # noqa: S314 -- our own file
    properties = {found.tag.removeprefix(POM): found.text for found in pom.find(f"{POM}properties") or ()}
    jars = set()
    for dependency in pom.iter(f"{POM}dependency"):
        version = str(dependency.findtext(f"{POM}version"))
        version = properties.get(version.strip("${}"), version) or ""
        jars.add(f"{dependency.findtext(f'{POM}artifactId')}-{version}.jar")
    return jars


def listed_jars() -> set[str]:
    return {line.split()[1] for line in (ROOT / "spark/jars.sha256").read_text(encoding="utf-8").splitlines()}


def test_client_and_servers_are_of_one_spark_version() -> None:
    assert SERVERS["pyspark"] == PIPELINE["pyspark-client"]


def test_the_delta_jar_is_of_the_version_that_delta_spark_names_and_made_for_this_spark() -> None:
    spark = ".".join(SERVERS["pyspark"].split(".")[:2])
    assert {
        f"delta-spark_{spark}_2.13-{SERVERS['delta-spark']}.jar",
        f"delta-storage-{SERVERS['delta-spark']}.jar",
    } <= wanted_jars()


def test_what_both_locks_name_has_one_version() -> None:
    differ = {name for name in SERVERS.keys() & PIPELINE.keys() if SERVERS[name] != PIPELINE[name]}
    assert differ <= HELD_BACK


def test_every_jar_of_the_pom_is_in_the_list_of_checksums() -> None:
    assert wanted_jars() - listed_jars() == set()


def test_no_jar_is_listed_that_spark_has_in_another_version() -> None:
    foreign = re.compile(r"(netty-(?!nio-client)|commons-|slf4j-|httpclient-|httpcore-).*")
    assert [jar for jar in listed_jars() if foreign.fullmatch(jar)] == []


def test_the_servers_lock_names_no_registry_and_every_package_has_a_hash() -> None:
    text = (ROOT / "spark/requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert text.count("==") == len(re.findall(r"^[a-z0-9.-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE))
