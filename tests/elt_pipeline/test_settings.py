"""What the settings refuse, before anything is opened, and that a password is never shown by that."""

import pytest
from pydantic import SecretStr, ValidationError

from elt_pipeline.commands.complaints import complaint
from elt_pipeline.settings import Settings


@pytest.mark.parametrize(
    "login",
    ["owner:pla@nted", "owner:pla/nted", "owner:pla#nted", "owner:pla?nted", "owner:pla%nted", "owner:pl@/:%#nted"],
)
@pytest.mark.parametrize("setting", ["source_url", "warehouse_url", "dagster_storage_url"])
def test_a_password_that_is_not_quoted_is_refused_with_how_to_quote_it(login: str, setting: str) -> None:
    with pytest.raises(ValidationError) as error:
        Settings.model_validate({setting: f"postgresql://{login}@db.example:5432/books"})
    said = complaint(error.value)
    assert said.startswith(f"{setting.upper()}: its password must be quoted: write @ as %40, / as %2F")
    assert "nted" not in f"{said}{error.value}"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://shop:p%40%2F%3A%25%23@127.0.0.1:3306/books?charset=utf8mb4",
        "mysql://shop:a:b$c&d=e@db.example/books",
        "postgresql://owner@db.example/books?options=-csearch_path%3Da@b",
        "postgresql://db.example/books",
        "sqlite:////home/me@work/50%/source.db",
    ],
)
def test_a_url_that_can_be_read_is_taken_as_it_is(url: str) -> None:
    assert Settings(source_url=SecretStr(url)).source_url == SecretStr(url)
