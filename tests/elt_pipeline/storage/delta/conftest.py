"""The places that a lake may stand in: a folder and S3 servers. A test that takes ``place`` runs on each of them."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.s3_servers import S3Server, minio, moto, versitygw


@pytest.fixture(scope="session")
def moto_server() -> Iterator[S3Server]:
    with moto() as server:
        yield server


@pytest.fixture(scope="session")
def minio_server() -> Iterator[S3Server]:
    with minio() as server:
        yield server


@pytest.fixture(scope="session")
def versitygw_server() -> Iterator[S3Server]:
    with versitygw() as server:
        yield server


@pytest.fixture(
    params=[
        "folder",
        "moto",
        pytest.param("minio", marks=pytest.mark.stack),
        pytest.param("versitygw", marks=pytest.mark.stack),
    ]
)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "folder":
        return str(tmp_path)
    server: S3Server = request.getfixturevalue(f"{request.param}_server")
    for name, value in server.variables.items():
        monkeypatch.setenv(name, value)
    return f"s3a://{server.bucket}/{uuid4().hex}"
