"""A place on S3 that cannot be used is told at once, in one sentence that names the setting to change."""

import socket

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from elt_pipeline.storage.delta.commits import LakeUnavailable
from elt_pipeline.storage.delta.place import S3Access, check_place

PASSWORD = "hush"  # noqa: S105 - made up here.
LISTING = '<?xml version="1.0"?><ListBucketResult><Name>lakehouse</Name><IsTruncated>false</IsTruncated></ListBucketResult>'


def access(endpoint: str | None, key: str | None = "me", password: str | None = PASSWORD, *, allow_http: bool = True) -> S3Access:
    return S3Access(endpoint, key, SecretStr(password) if password else None, "us-east-1", allow_http)


def complaint(found: S3Access, url: str = "s3a://lakehouse") -> str:
    with pytest.raises(LakeUnavailable) as error:
        check_place(url, found)
    said = str(error.value)
    assert "hush" not in said
    assert "\n" not in said
    return said


def test_a_place_that_can_be_listed_is_taken_and_asked_for_its_own_folder_alone(httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/lakehouse").respond_with_data(LISTING)
    httpserver.expect_ordered_request("/lakehouse").respond_with_data(LISTING)
    check_place("s3a://lakehouse", access(httpserver.url_for("/")))
    check_place("s3a://lakehouse/books/", access(httpserver.url_for("")))
    assert [request.args["prefix"] for request, _ in httpserver.log] == ["", "books/"]


def test_a_folder_is_not_asked() -> None:
    check_place("/no/such/folder", access(None, None, None))


@pytest.mark.parametrize(
    ("status", "code", "named"),
    [
        (404, "NoSuchBucket", "refuses: there is no such bucket. Make it there, or correct LAKE_URL."),
        (403, "InvalidAccessKeyId", "Correct AWS_ACCESS_KEY_ID."),
        (403, "SignatureDoesNotMatch", "Correct AWS_SECRET_ACCESS_KEY."),
        (
            403,
            "AccessDenied",
            "Let the user of AWS_ACCESS_KEY_ID list, read, write and delete there, or correct the bucket in LAKE_URL.",
        ),
        (400, "AuthorizationHeaderMalformed", "Correct AWS_REGION."),
        (503, "SlowDown", "it answers SlowDown. Look into its log, and check LAKE_URL and the AWS_ variables."),
    ],
)
def test_a_refusal_names_the_variable_to_change(httpserver: HTTPServer, status: int, code: str, named: str) -> None:
    answer = f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>no</Message></Error>'
    httpserver.expect_request("/lakehouse").respond_with_data(answer, status=status, content_type="application/xml")
    assert named in complaint(access(httpserver.url_for("")))
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, "<html>Welcome", "text/html"),
        (404, "not here", "text/plain"),
        (502, "", "text/html"),
        (200, "<html></html>", "text/xml"),
    ],
)
def test_a_server_that_speaks_something_else_is_said_to(httpserver: HTTPServer, status: int, body: str, kind: str) -> None:
    httpserver.expect_request("/lakehouse").respond_with_data(body, status=status, content_type=kind)
    assert complaint(access(httpserver.url_for(""))).endswith(" does not speak S3. Correct AWS_ENDPOINT_URL.")


def test_a_server_that_is_down_is_named() -> None:
    with socket.socket() as bound:  # Bound and not listening: nobody else can answer there.
        bound.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        said = complaint(access(address))
    assert said == f"The lake's server at {address} does not answer: Connection refused. Start it, or correct AWS_ENDPOINT_URL."


def test_a_server_without_encryption_is_told_from_one_that_is_down(httpserver: HTTPServer) -> None:
    said = complaint(access(httpserver.url_for("").replace("http:", "https:")))
    assert "wrong version number" in said
    assert said.endswith("correct AWS_ENDPOINT_URL.")


def test_http_must_be_allowed() -> None:
    said = complaint(access("http://me:hush@server:9000", allow_http=False))
    assert said == "http://server:9000 is not encrypted. Set AWS_ALLOW_HTTP=true to allow that, or an https:// AWS_ENDPOINT_URL."


def test_what_is_not_set_is_named_and_nobody_is_asked() -> None:
    assert "but AWS_ENDPOINT_URL is not set" in complaint(access(None))
    assert "but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set" in complaint(access("http://server", None, None))


@pytest.mark.parametrize(
    "endpoint", ["127.0.0.1:9000", "http://server:x", "http://server/path", "ftp://server", "http://me:hush@server"]
)
def test_an_endpoint_that_is_no_address_is_not_repeated(endpoint: str) -> None:
    assert complaint(access(endpoint)) == "AWS_ENDPOINT_URL is no address of a server. Write one such as http://127.0.0.1:9000."


@pytest.mark.parametrize("url", ["s3a://", "s3a://x"])
def test_a_bucket_that_cannot_be_is_named(url: str) -> None:
    assert complaint(access("http://server"), url).startswith("LAKE_URL names no bucket that can be: ")
