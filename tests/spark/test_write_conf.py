import subprocess
from pathlib import Path

import pytest

from elt_pipeline.settings import ROOT

SIZES = {
    "SPARK_WORKERS": "2",
    "SPARK_WORKER_CORES": "3",
    "SPARK_EXECUTOR_MEMORY": "2g",
    "SPARK_DRIVER_MEMORY": "1g",
    "SPARK_CONNECT_PORT": "15002",
    "SPARK_DRIVER_UI_PORT": "4040",
    "SPARK_HISTORY_PORT": "18080",
}
BUCKET = {
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9000",
    "AWS_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "booklake",
    "AWS_SECRET_ACCESS_KEY": "a$b`c",
}


@pytest.fixture
def jars(tmp_path: Path) -> Path:
    folder = tmp_path / "jars"
    folder.mkdir()
    for name in ("delta.jar", "s3.jar"):
        (folder / name).touch()
    return folder


def write_conf(folder: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "spark/write_conf.sh"), str(folder / "conf"), str(folder / "work")]
    return subprocess.run(
        command, env={"PATH": "/usr/bin:/bin"} | variables, capture_output=True, text=True, check=False, timeout=60
    )


def settings_in(folder: Path) -> dict[str, str]:
    lines = (folder / "conf/spark-defaults.conf").read_text(encoding="utf-8").splitlines()
    return dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))


def test_the_key_stands_in_a_file_that_only_its_owner_reads(tmp_path: Path, jars: Path) -> None:
    assert write_conf(tmp_path, SIZES | BUCKET | {"SPARK_JARS": str(jars)}).returncode == 0
    assert (tmp_path / "conf/spark-defaults.conf").stat().st_mode & 0o777 == 0o600
    assert settings_in(tmp_path)["spark.hadoop.fs.s3a.secret.key"] == "a$b`c"


def test_events_and_spilled_rows_lie_where_only_their_owner_enters(tmp_path: Path, jars: Path) -> None:
    (tmp_path / "work").mkdir(mode=0o755)
    assert write_conf(tmp_path, SIZES | {"SPARK_JARS": str(jars)}).returncode == 0
    folders = ("work", "work/events", "conf")
    assert [(tmp_path / folder).stat().st_mode & 0o777 for folder in folders] == [0o700, 0o700, 0o700]


def test_a_lake_in_a_folder_needs_no_key(tmp_path: Path, jars: Path) -> None:
    assert write_conf(tmp_path, SIZES | {"SPARK_JARS": str(jars)}).returncode == 0
    assert [name for name in settings_in(tmp_path) if "s3a" in name] == []


def test_the_application_takes_the_cores_of_all_workers_and_every_jar(tmp_path: Path, jars: Path) -> None:
    write_conf(tmp_path, SIZES | {"SPARK_JARS": str(jars)})
    told = settings_in(tmp_path)
    assert told["spark.cores.max"] == "6"
    assert told["spark.jars"] == f"file://{jars}/delta.jar,file://{jars}/s3.jar"


def test_nothing_listens_beyond_this_machine_unless_told(tmp_path: Path, jars: Path) -> None:
    write_conf(tmp_path, SIZES | {"SPARK_JARS": str(jars)})
    told = settings_in(tmp_path)
    assert {told[name] for name in ("spark.driver.bindAddress", "spark.driver.host", "spark.connect.grpc.binding.address")} == {
        "127.0.0.1"
    }
    assert told["spark.master.rest.enabled"] == "false"


@pytest.mark.parametrize("absent", ["SPARK_WORKERS", "SPARK_CONNECT_PORT", "AWS_ENDPOINT_URL"])
def test_a_variable_that_is_not_set_is_named_and_nothing_is_written(absent: str, tmp_path: Path, jars: Path) -> None:
    variables = {name: value for name, value in (SIZES | BUCKET | {"SPARK_JARS": str(jars)}).items() if name != absent}
    ended = write_conf(tmp_path, variables)
    assert ended.returncode != 0
    assert absent in ended.stderr
    assert not (tmp_path / "conf/spark-defaults.conf").exists()
