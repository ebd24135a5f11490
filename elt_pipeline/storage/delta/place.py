"""Whether the place of a lake on S3 can be used, asked before anything is read. Its tables belong to commits and lake."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError

import urllib3
from minio import Minio
from minio.error import InvalidResponseError, S3Error, ServerError
from pydantic import SecretStr

from elt_pipeline.storage.delta.commits import LakeUnavailable
from elt_pipeline.storage.delta.store_words import refusal, sentence, silence

PATIENCE = urllib3.Timeout(connect=3, read=5)
BUCKET_NAME = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
SECURE = {"http": False, "https": True}


@dataclass(frozen=True)
class S3Access:
    """How an S3 server is reached: what the standard variables ``AWS_…`` say to every engine."""

    endpoint_url: str | None
    access_key_id: str | None
    secret_access_key: SecretStr | None
    region: str
    allow_http: bool

    @property
    def address(self) -> str:
        """The server as a person may see it: without user and password."""
        endpoint = urlsplit(self.endpoint_url or "")
        return f"{endpoint.scheme}://{endpoint.netloc.rpartition('@')[2]}"

    def client(self) -> Minio:
        """A client that gives up within seconds. Raises ``LakeUnavailable`` where the variables do not name a server."""
        endpoint = urlsplit(self.endpoint_url or "")
        if endpoint.scheme == "http" and not self.allow_http:
            raise LakeUnavailable(
                f"{self.address} is not encrypted. Set AWS_ALLOW_HTTP=true to allow that, or an https:// AWS_ENDPOINT_URL."
            )
        try:
            return Minio(
                endpoint=endpoint.netloc + endpoint.path.rstrip("/"),
                access_key=self.access_key_id,
                secret_key=self.secret_access_key.get_secret_value() if self.secret_access_key else None,
                secure=SECURE[endpoint.scheme],
                region=self.region,
                http_client=urllib3.PoolManager(timeout=PATIENCE, retries=False),
            )
        except (ValueError, KeyError) as error:
            raise LakeUnavailable(
                "AWS_ENDPOINT_URL is no address of a server. Write one such as http://127.0.0.1:9000."
            ) from error


def check_place(url: str, access: S3Access) -> None:
    """Raise ``LakeUnavailable``, within seconds, where the lake at ``url`` cannot be listed. Only a lake on S3 is asked.

    Without this, an engine would try for minutes, or look for a key at the addresses of a cloud.
    """
    place = urlsplit(url)
    if place.scheme != "s3a":
        return
    if not re.fullmatch(BUCKET_NAME, place.netloc):
        raise LakeUnavailable(f"LAKE_URL names no bucket that can be: `{place.netloc}`. Write it as s3a://lakehouse.")
    unset = [name for name, value in _needed(access).items() if not value]
    if unset:
        raise LakeUnavailable(
            f"LAKE_URL names a bucket of an S3 server, but {' and '.join(unset)} {'is' if len(unset) == 1 else 'are'} not set. "
            "Set what is missing; Amazon's own AWS_ENDPOINT_URL is https://s3.<region>.amazonaws.com."
        )
    _look(access.client(), place.netloc, place.path.strip("/"), access.address)


def _needed(access: S3Access) -> dict[str, object]:
    return {
        "AWS_ENDPOINT_URL": access.endpoint_url,
        "AWS_ACCESS_KEY_ID": access.access_key_id,
        "AWS_SECRET_ACCESS_KEY": access.secret_access_key,
    }


def _look(client: Minio, bucket: str, folder: str, address: str) -> None:
    try:
        # Some servers answer for any bucket where the prefix is a mere slash.
        next(iter(client.list_objects(bucket_name=bucket, prefix=f"{folder}/" if folder else None)), None)
    except S3Error as error:
        raise LakeUnavailable(sentence(refusal(address, str(error.code)))) from error
    except (InvalidResponseError, ServerError, ParseError, ValueError) as error:
        raise LakeUnavailable(f"What answers at {address} does not speak S3. Correct AWS_ENDPOINT_URL.") from error
    except urllib3.exceptions.HTTPError as error:
        raise LakeUnavailable(sentence(silence(address, _reason(error)))) from error


def _reason(error: urllib3.exceptions.HTTPError) -> str:
    """What the system said, without the names of classes and objects."""
    causes = re.findall(r"\] ([^()\[\]']+)", str(error))
    return (causes[-1] if causes else str(error).rpartition(": ")[2]).strip(" .")
