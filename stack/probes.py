"""Whether a server does its work: each is asked in its own protocol, and says its version. What to do about it belongs to up."""

import http.client
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
import pymysql

from elt_pipeline.settings import Settings
from stack.minio_build import RELEASE
from stack.services import HOST, Service
from stack.settings import StackSettings
from stack.spark import spark_version

SECONDS = 3


class NotHealthy(Exception):
    """The server does not do its work yet, or not any more; the message is the reason."""


@dataclass(frozen=True)
class Asked:
    """A server and the settings to ask it with."""

    service: Service
    stack: StackSettings
    pipeline: Settings


def probe(asked: Asked) -> str:
    """Return the version of a server that does its work. Raises ``NotHealthy``."""
    try:
        return PROBES[asked.service.probe](asked)
    except (OSError, http.client.HTTPException, ValueError, pymysql.MySQLError, psycopg.Error) as error:
        raise NotHealthy(str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__) from error


def _mysql(asked: Asked) -> str:
    login = pymysql.connect(
        host=HOST,
        port=asked.stack.mysql_port,
        user="booklake",
        password=asked.stack.mysql_password.get_secret_value(),
        database="books",
        connect_timeout=SECONDS,
    )
    with closing(login), login.cursor() as cursor:
        cursor.execute("select version()")
        return f"MariaDB {str(cursor.fetchone()[0]).partition('-')[0]}"


def _postgres(asked: Asked) -> str:
    login = psycopg.connect(
        host=HOST,
        port=asked.pipeline.postgres_port,
        user="booklake",
        dbname="booklake",
        password=asked.stack.warehouse_owner_password.get_secret_value(),
        connect_timeout=SECONDS,
    )
    with closing(login):
        return f"PostgreSQL {login.info.server_version // 10000}.{login.info.server_version % 10000}"


def _minio(asked: Asked) -> str:
    _get(f"http://{HOST}:{asked.stack.minio_port}/minio/health/ready")
    _get(f"http://{HOST}:{asked.stack.minio_console_port}/")
    return f"MinIO {RELEASE[:10]}"


def _spark_master(asked: Asked) -> str:
    if _cluster(asked)["status"] != "ALIVE":
        raise NotHealthy("the master is not alive")
    return f"Spark {spark_version()}"


def _spark_worker(asked: Asked) -> str:
    alive = [worker["webuiaddress"] for worker in _cluster(asked)["workers"] if worker["state"] == "ALIVE"]
    if asked.service.address not in alive:
        raise NotHealthy("the master does not know it yet")
    return f"Spark {spark_version()}"


def _spark_connect(asked: Asked) -> str:
    import grpc  # noqa: PLC0415 -- a second that the other commands need not take

    applications = _json(f"{asked.service.address}/api/v1/applications")
    with grpc.insecure_channel(f"{HOST}:{asked.stack.spark_connect_port}") as channel:
        try:
            grpc.channel_ready_future(channel).result(timeout=SECONDS)
        except grpc.FutureTimeoutError as error:
            raise NotHealthy("Spark Connect does not answer") from error
    return f"Spark {applications[0]['attempts'][0]['appSparkVersion']}"


def _spark_history(asked: Asked) -> str:
    return f"Spark {_json(f'{asked.service.address}/api/v1/version')['spark']}"


def _cluster(asked: Asked) -> dict[str, Any]:
    answer: dict[str, Any] = _json(f"http://{HOST}:{asked.stack.spark_master_ui_port}/json/")
    return answer


def _json(url: str) -> Any:
    return json.loads(_get(url))


def _get(url: str) -> bytes:
    if urlsplit(url).scheme != "http":
        raise ValueError(f"{url} is no address of a server of ours")
    with urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 -- http alone, checked above
        content: bytes = answer.read()
        return content


PROBES: dict[str, Callable[[Asked], str]] = {
    "mysql": _mysql,
    "postgres": _postgres,
    "minio": _minio,
    "spark-master": _spark_master,
    "spark-worker": _spark_worker,
    "spark-connect": _spark_connect,
    "spark-history": _spark_history,
}
