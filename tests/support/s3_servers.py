"""S3 servers for the tests, each with one bucket of its own: moto, MinIO and versitygw as real ones."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import urllib3
from minio import Minio

from elt_pipeline.settings import exported_variables
from elt_pipeline.storage.postgres.postgres_server import free_port
from stack.go_programs import MINIO, VERSITYGW

KEY, PASSWORD = "lakes-key", "made-up-for-a-test"


@dataclass(frozen=True)
class S3Server:
    """Where a server is and which bucket is ours; no two servers share a bucket's name, which engines know them by."""

    endpoint: str
    bucket: str

    @property
    def variables(self) -> dict[str, str]:
        """What the engines read."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": PASSWORD,
            "AWS_REGION": "us-east-1",
            "AWS_ALLOW_HTTP": "true",
        }

    def client(self) -> Minio:
        # The first request waits for the server to be there.
        patience = urllib3.Retry(
            total=None, connect=60, read=60, status=60, backoff_factor=0.05, backoff_max=0.2, status_forcelist=[503]
        )
        address = self.endpoint.removeprefix("http://")
        pool = urllib3.PoolManager(retries=patience, timeout=5)
        return Minio(endpoint=address, access_key=KEY, secret_key=PASSWORD, secure=False, region="us-east-1", http_client=pool)

    def ready(self) -> "S3Server":
        self.client().make_bucket(bucket_name=self.bucket)
        return self


@contextmanager
def moto() -> Iterator[S3Server]:
    # A process of its own: some calls of the engines hold Python's one lock while they wait for the answer.
    with _running([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port := free_port())], {}):
        yield S3Server(f"http://127.0.0.1:{port}", "on-moto").ready()


@contextmanager
def minio() -> Iterator[S3Server]:
    with TemporaryDirectory() as folder, running_minio(Path(folder), free_port()) as server:
        yield server.ready()


@contextmanager
def running_minio(folder: Path, port: int) -> Iterator[S3Server]:
    """MinIO over a folder that outlives it."""
    program = MINIO.binary
    if not program.is_file():
        pytest.fail(f"{program} is not built yet: `make test-stack` builds it first.")
    command = [str(program), "server", str(folder), "--quiet", "--address", f"127.0.0.1:{port}"]
    with _running(command, {"MINIO_ROOT_USER": KEY, "MINIO_ROOT_PASSWORD": PASSWORD, "MINIO_UPDATE": "off"}):
        yield S3Server(f"http://127.0.0.1:{port}", "on-minio")


@contextmanager
def versitygw() -> Iterator[S3Server]:
    port, program = free_port(), str(VERSITYGW.binary)
    VERSITYGW.build(print)
    with TemporaryDirectory() as folder:
        command = [program, "--quiet", "--port", f"127.0.0.1:{port}", "posix", folder]
        with _running(command, {"ROOT_ACCESS_KEY": KEY, "ROOT_SECRET_KEY": PASSWORD}):
            yield S3Server(f"http://127.0.0.1:{port}", "on-versitygw").ready()


@contextmanager
def _running(command: list[str], secrets: Mapping[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        command, env={**exported_variables(), **secrets}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()
