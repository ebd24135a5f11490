"""The bucket of the lake, and a key that reaches its layers alone. Building and starting MinIO do not belong here."""

import json
import sys
from typing import Any
from urllib.parse import urlsplit

from minio import Minio, MinioAdmin
from minio.credentials.providers import StaticProvider
from minio.error import MinioAdminException, MinioException
from urllib3.exceptions import HTTPError

from stack.errors import StackFailed
from stack.settings import MinioSettings

POLICY = "booklake-lake"
LAYERS = ("bronze", "silver", "gold")


def policy(bucket: str) -> dict[str, Any]:
    """What the pipeline's key may: list the bucket, and read, write and delete below its layers."""
    below = [f"arn:aws:s3:::{bucket}/{layer}/*" for layer in LAYERS]
    objects = ["GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload", "ListMultipartUploadParts"]
    listing = ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"]
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": listing, "Resource": [f"arn:aws:s3:::{bucket}"]},
            {"Effect": "Allow", "Action": [f"s3:{action}" for action in objects], "Resource": below},
        ],
    }


def provision(settings: MinioSettings) -> None:
    """Make the bucket, the policy and the key as the settings say; a second time changes nothing. Raises ``StackFailed``."""
    place = urlsplit(settings.aws_endpoint_url)
    is_tls, bucket = place.scheme == "https", urlsplit(settings.lake_url).netloc
    user, password = settings.minio_root_user, settings.minio_root_password.get_secret_value()
    client = Minio(endpoint=place.netloc, access_key=user, secret_key=password, secure=is_tls, region=settings.aws_region)
    admin = MinioAdmin(
        endpoint=place.netloc, credentials=StaticProvider(user, password), secure=is_tls, region=settings.aws_region
    )
    try:
        if not client.bucket_exists(bucket_name=bucket):
            client.make_bucket(bucket_name=bucket)
        admin.policy_add(POLICY, policy=policy(bucket))
        admin.user_add(settings.aws_access_key_id, settings.aws_secret_access_key.get_secret_value())
        attached = json.loads(admin.user_info(settings.aws_access_key_id)).get("policyName", "")
        if POLICY not in attached.split(","):
            admin.policy_set(POLICY, user=settings.aws_access_key_id)
    except (MinioException, MinioAdminException, HTTPError) as error:
        raise StackFailed(f"MinIO at {settings.aws_endpoint_url} could not be made ready for the lake: {error}") from error


if __name__ == "__main__":
    try:
        provision(MinioSettings())
    except StackFailed as error:
        sys.exit(str(error))
