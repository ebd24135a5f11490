"""The command: settings from a file, one line for each change, one message for each error, and no secret."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stack.metabase.__main__ import main
from stack.settings import MetabaseSettings
from tests.support.fake_metabase import FakeMetabase


def run(settings: MetabaseSettings, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    for name in MetabaseSettings.model_fields:
        value = getattr(settings, name)
        monkeypatch.setenv(name.upper(), value if isinstance(value, str) else value.get_secret_value())
    return CliRunner().invoke(main, ["--env-file=", *arguments])


def test_each_change_is_a_line_and_the_second_run_has_nothing_to_change(
    fake: FakeMetabase, settings: MetabaseSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = run(settings, monkeypatch), run(settings, monkeypatch)
    (dashboard,) = fake.dashboards.values()
    address = f"{settings.metabase_url.rstrip('/')}/dashboard/{dashboard['id']}"
    lines = first.output.splitlines()
    assert lines[0] == "Made the administrator admin@booklake.example."
    assert lines[-1] == f"{address}: {len(fake.cards)} cards, {len(lines) - 1} changes."
    assert second.output == f"{address}: {len(fake.cards)} cards, nothing to change.\n"
    secrets = [getattr(settings, name).get_secret_value() for name in ("metabase_admin_password", "warehouse_reader_password")]
    assert not any(secret in first.output for secret in secrets)


def test_what_goes_wrong_is_one_message_and_exit_code_1(settings: MetabaseSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = run(settings.model_copy(update={"metabase_url": "http://127.0.0.1:1"}), monkeypatch, "--wait=1")
    assert ended.exit_code == 1
    assert ended.output.startswith("Error: http://127.0.0.1:1 is not ready after 1 s")


def test_settings_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in MetabaseSettings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    ended = CliRunner().invoke(main, ["--env-file="])
    assert ended.exit_code == 1
    assert "Missing in the settings: METABASE_ADMIN_EMAIL, METABASE_ADMIN_PASSWORD, METABASE_URL, WAREHOUSE_" in ended.output


def test_a_file_of_settings_that_is_not_there_is_named(tmp_path: Path) -> None:
    ended = CliRunner().invoke(main, [f"--env-file={tmp_path / 'none.env'}"])
    assert ended.exit_code == 1
    assert "none.env" in ended.output
