"""What a person is told where a Postgres lets nobody in: the place, the reason, the setting, and no password."""

import pytest

from elt_pipeline.storage.postgres.refusals import refusal

URL = "postgresql://owner:p%40ss@db.example:6543/books?sslmode=disable"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        pytest.param(
            'FATAL:  password authentication failed for user "owner"',
            "refuses the password of the role owner: correct WAREHOUSE_URL.",
            id="wrong password",
        ),
        pytest.param(
            'FATAL:  database "books" does not exist',
            'refuses the role owner: database "books" does not exist. Create it, or correct WAREHOUSE_URL.',
            id="no such database",
        ),
        pytest.param(
            "FATAL:  sorry, too many clients already",
            "refuses the role owner: sorry, too many clients already. Wait until others have left, or raise max_connections of "
            "that server.",
            id="too many clients",
        ),
        pytest.param(
            "[Errno -2] failed to resolve host 'db.example'",
            "cannot be found: no such host is known. Correct WAREHOUSE_URL.",
            id="no such host",
        ),
        pytest.param("connection timeout expired", "does not answer: start it, or correct WAREHOUSE_URL.", id="no answer"),
    ],
)
def test_each_refusal_names_place_reason_and_setting(told: str, sentence: str) -> None:
    assert refusal("The warehouse", URL, told, "WAREHOUSE_URL") == f"The warehouse at db.example:6543, database books {sentence}"


def test_the_password_of_another_role_has_a_setting_of_its_own() -> None:
    told = "FATAL:  password authentication failed for user booklake_app"
    said = refusal("The warehouse", URL, told, "WAREHOUSE_URL", "WAREHOUSE_APP_PASSWORD", "app")
    assert "refuses the password of the role app: correct WAREHOUSE_APP_PASSWORD. Roles belong to the whole server" in said


def test_an_address_that_is_no_url_is_not_repeated() -> None:
    said = refusal("The warehouse", "postgresql://owner:se/cret@host/books", "anything", "WAREHOUSE_URL")
    assert said == "WAREHOUSE_URL is no URL: write it as postgresql://user:password@host:5432/database."
