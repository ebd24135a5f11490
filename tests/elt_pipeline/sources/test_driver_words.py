"""What a driver said is shown in one line and without the password, however the driver spells it."""

import pytest

from elt_pipeline.sources.driver_words import cause, first_line, secrets_of

ADDRESS = "mysql://reader:p%40ss/w@127.0.0.1:3306/books"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(OSError("gone\nat line 7"), "gone", id="the first line"),
        pytest.param(OSError("\n  \ngone"), "gone", id="the first that is not blank"),
        pytest.param(OSError(), "OSError", id="no text at all"),
        pytest.param(OSError(" \n"), "OSError", id="nothing but blanks"),
    ],
)
def test_an_error_is_told_in_one_line_and_never_empty(error: Exception, said: str) -> None:
    assert first_line(error) == said


@pytest.mark.parametrize("planted", ["p%40ss/w", "p@ss/w", "p%40ss%2Fw", ADDRESS])
def test_a_planted_password_is_not_told_and_its_error_is_no_cause(planted: str) -> None:
    error, secrets = OSError(f"no route to {planted} today"), secrets_of(ADDRESS)
    assert "ss/w" not in first_line(error, secrets)
    assert "***" in first_line(error, secrets)
    assert cause(error, secrets) is None


def test_an_error_without_the_password_stays_the_cause() -> None:
    error = OSError("no route")
    assert cause(error, secrets_of(ADDRESS)) is error


@pytest.mark.parametrize("address", ["sqlite:////home/me/source.db", "mysql://reader@host/books", "mysql://reader:@host/books"])
def test_an_address_without_a_password_has_no_secret(address: str) -> None:
    assert secrets_of(address) == ()
