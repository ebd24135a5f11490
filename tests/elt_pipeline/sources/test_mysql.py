"""What a person is told of a MySQL server that refuses, by the driver's own errors; a real server is asked in tests/stack."""

import pytest
from sqlalchemy import make_url

from elt_pipeline.sources.mysql import bulk_address, refusal

URL = make_url("mysql+pymysql://shop:p%40ss@db.example/books")
PLACE = "The source at db.example:3306, database books cannot be used: "


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        pytest.param(
            """(1045, "Access denied for user 'shop'@'localhost' (using password: YES)")""",
            "it refuses the user shop or the password. Correct SOURCE_URL.",
            id="wrong password",
        ),
        pytest.param(
            """(2003, "Can't connect to MySQL server on 'db.example' ([Errno -2] Name or service not known)")""",
            "no such host is known. Correct SOURCE_URL.",
            id="no such host",
        ),
        pytest.param(
            """(2003, "Can't connect to MySQL server on 'db.example' ([Errno 111] Connection refused)")""",
            "it does not answer. Start it, or correct SOURCE_URL.",
            id="nobody listens",
        ),
        pytest.param(
            """(2013, 'Lost connection to MySQL server during query (timed out)')""",
            "it does not answer in time. Correct SOURCE_URL, or see to that server.",
            id="silence",
        ),
        pytest.param(
            """(4711, "a new {thing} for p@ss")""",
            """it said (4711, "a new {thing} for ***"). Check SOURCE_URL.""",
            id="an error that we do not know, with the password in it",
        ),
    ],
)
def test_a_refusal_names_place_reason_and_setting(error: str, sentence: str) -> None:
    assert refusal(URL, OSError(error), ["p@ss"]) == PLACE + sentence


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("mysql://shop:p%40s%2Fs%25@db.example/books", "mysql://shop:p%40s%2Fs%25@db.example:3306/books"),
        ("mysql+pymysql://shop@db.example:3307/books?charset=utf8mb4", "mysql://shop@db.example:3307/books"),
        ("mysql://shop:a b@db.example/books?charset=utf8mb4&x=1", "mysql://shop:a%20b@db.example:3306/books?x=1"),
    ],
)
def test_the_bulk_readers_address_is_quoted_and_knows_no_charset(url: str, address: str) -> None:
    assert bulk_address(make_url(url)) == address
