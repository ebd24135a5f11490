"""The environment as it is read: what is empty is unset, for the settings and for the engines that read it by themselves."""

from pathlib import Path

import pytest

from elt_pipeline.settings import exported_variables, read_settings


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ALLOW_HTTP"):
        monkeypatch.setenv(name, "x")  # So that the variable is as it was afterwards, whatever is done to it here.
        monkeypatch.delenv(name)
    return tmp_path / "env"


def test_an_empty_variable_of_the_lakes_server_is_unset_for_the_engines_too(env_file: Path) -> None:
    env_file.write_text("AWS_ENDPOINT_URL=\nAWS_ALLOW_HTTP=\nAWS_REGION=\n", encoding="utf-8")
    found = read_settings(env_file)
    assert (found.aws_endpoint_url, found.aws_allow_http) == (None, False)
    assert "AWS_ENDPOINT_URL" not in exported_variables()
    assert "AWS_ALLOW_HTTP" not in exported_variables()


def test_the_engines_are_told_the_region_that_the_settings_take(env_file: Path) -> None:
    env_file.write_text("AWS_ENDPOINT_URL=http://127.0.0.1:9000\n", encoding="utf-8")
    assert exported_variables().get("AWS_REGION") is None
    assert read_settings(env_file).aws_region == exported_variables()["AWS_REGION"] == "us-east-1"
    assert exported_variables()["AWS_ENDPOINT_URL"] == "http://127.0.0.1:9000"
