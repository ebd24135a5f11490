"""What a person reads when something outside our code goes wrong: one sentence, what to do, and no secret."""

from errno import ENOSPC
from pathlib import Path

import pytest
from pydantic import ValidationError

from elt_pipeline.advice import ADVICE
from elt_pipeline.commands.complaints import EXPECTED, complaint
from elt_pipeline.settings import Settings, read_settings
from elt_pipeline.storage.delta.commits import LakeUnavailable, open_table


def wrong_settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> ValidationError:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(EXPECTED) as error:
        read_settings()
    assert isinstance(error.value, ValidationError)
    return error.value


def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    said = complaint(wrong_settings(monkeypatch, APP_PORT="hush"))
    assert said == "APP_PORT: Input should be a valid integer. Correct it in the environment or in .env."


def test_all_wrong_settings_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    said = complaint(wrong_settings(monkeypatch, APP_PORT="hush", POSTGRES_PORT="2.5"))
    assert said.startswith("POSTGRES_PORT: Input should be a valid integer; APP_PORT: Input should be a valid integer. Correct")
    assert "hush" not in said


def test_what_is_wrong_without_a_name_is_said_alone() -> None:
    with pytest.raises(ValidationError) as error:
        Settings.model_validate("hush")
    assert complaint(error.value).startswith("Input should be a valid dictionary")
    assert "hush" not in complaint(error.value)


def test_a_lake_that_cannot_be_read_says_so_and_what_to_do() -> None:
    with pytest.raises(EXPECTED) as error:
        open_table("foo://bar/gold/works")
    assert isinstance(error.value, LakeUnavailable)
    assert complaint(error.value).endswith("Check LAKE_URL and the AWS_ variables, or restore the table.")


def test_a_file_is_named_and_a_full_disk_has_its_advice(tmp_path: Path) -> None:
    file = tmp_path / "none"
    with pytest.raises(EXPECTED) as error:
        file.read_bytes()
    assert complaint(error.value) == f"{file}: No such file or directory."
    full = OSError(ENOSPC, "No space left on device", "/lake")
    assert complaint(full) == f"/lake: No space left on device. {ADVICE['No space left on device']}"
