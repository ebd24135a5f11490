"""What the engines say of the lake's server over many lines, as one sentence that names what to change."""

import pytest

from elt_pipeline.advice import with_advice
from elt_pipeline.storage.delta.store_words import REFUSALS, said_of_store

ADDRESS = "http://127.0.0.1:9000"
REQUEST = f"Error performing GET {ADDRESS}/lakehouse/gold/works/_delta_log/_last_checkpoint in 2.6s"
DELTA_RS = f"""Kernel error -> Generic S3 error
          \x1b[31m↳\x1b[0m {REQUEST}, after 10 retries, max_retries
           \x1b[31m↳\x1b[0m 10, retry_timeout
            \x1b[31m↳\x1b[0m 180s  - HTTP error
             \x1b[31m↳\x1b[0m client error (Connect)
              \x1b[31m↳\x1b[0m Connection refused (os error 111)


This error occurred with the following context stack:
\t[1] 'python dataset scan'
"""
POLARS = f"""object-store error: Generic S3 error: {REQUEST}, after 8 retries  - HTTP error: error sending request (path: s3a://x)

Caused by:
    0: client error (Connect)
    1: tcp connect error
    2: Connection refused (os error 111)
"""
SAIL = f"External error: Generic S3 error: {REQUEST} - HTTP error: error sending request"


def refused(code: str) -> str:
    return f"""Generic S3 error
  ↳ {REQUEST} - Server returned non-2xx status code
   ↳ 403 Forbidden
    ↳ <?xml version="1.0" encoding="UTF-8"?>
<Error><Code>{code}</Code><Message>No.</Message><Key>gold/works</Key></Error>"""


@pytest.mark.parametrize(
    ("message", "cause"),
    [(DELTA_RS, "Connection refused"), (POLARS, "Connection refused"), (SAIL, "the connection broke off")],
    ids=["delta-rs", "Polars", "Sail"],
)
def test_a_server_that_went_away_is_named_with_the_setting(message: str, cause: str) -> None:
    told = f"The lake's server at {ADDRESS} does not answer: {cause}. Start it, or correct AWS_ENDPOINT_URL."
    assert with_advice(message) == told


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_is_told_with_what_to_do(code: str) -> None:
    assert said_of_store(refused(code)) == f"the lake's server at {ADDRESS} refuses: {REFUSALS[code]}"


def test_a_refusal_that_is_not_known_is_told_by_its_code_or_status() -> None:
    assert "refuses: it answers OutOfCheese. " in str(said_of_store(refused("OutOfCheese")))
    assert "refuses: it answers 403 Forbidden. " in str(said_of_store(refused("x").replace("<Code>x</Code>", "")))


def test_a_message_about_something_else_is_not_of_the_store() -> None:
    assert said_of_store("Connection refused (os error 111)") is None
