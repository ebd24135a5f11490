"""Whether a server does its work: each is asked in its own protocol, and says its version. What to do about it belongs to up."""

import http.client
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import psycopg
import pymysql

from elt_pipeline.settings import Settings
from stack.go_programs import MINIO_RELEASE
from stack.services import HOST, Service
from stack.settings import StackSettings
from stack.spark import spark_version

SECONDS = 3


class NotHealthy(Exception):
    """The server does not do its work yet, or not any more; the message is the reason."""


@dataclass(frozen=True)
class Asked:
    """A server, the settings to ask it with, and when its process began (seconds since 1970)."""

    service: Service
    stack: StackSettings
    pipeline: Settings
    since: float = 0


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
    return f"MinIO {MINIO_RELEASE[:10]}"


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


def _dagster_code(asked: Asked) -> str:
    from grpc import RpcError, insecure_channel  # noqa: PLC0415 -- the same
    from grpc_health.v1 import health_pb2, health_pb2_grpc  # noqa: PLC0415

    with insecure_channel(f"{HOST}:{asked.stack.dagster_code_port}") as channel:
        try:
            question = health_pb2.HealthCheckRequest(service="DagsterApi")
            answer = health_pb2_grpc.HealthStub(channel).Check(question, timeout=SECONDS)
        except RpcError as error:
            raise NotHealthy("Dagster's code server does not answer") from error
    if answer.status != health_pb2.HealthCheckResponse.SERVING:
        raise NotHealthy("Dagster's code server does not serve")
    return f"Dagster {version('dagster')}"


def _dagit(asked: Asked) -> str:
    loaded = _ask_dagit(asked, "{workspaceOrError{... on Workspace{locationEntries{locationOrLoadError{__typename}}}}}")
    entries = loaded["workspaceOrError"].get("locationEntries") or [{}]
    if any((entry.get("locationOrLoadError") or {}).get("__typename") != "RepositoryLocation" for entry in entries):
        raise NotHealthy("Dagit has not loaded our code")
    return f"Dagster {_json(f'{asked.service.address}/server_info')['dagster_version']}"


def _dagster_daemon(asked: Asked) -> str:
    health = "{instance{daemonHealth{allDaemonStatuses{daemonType required healthy lastHeartbeatTime}}}}"
    known = _ask_dagit(asked, health)["instance"]["daemonHealth"]["allDaemonStatuses"]
    # Heartbeats outlive the daemon that they are of.
    beating = {one["daemonType"] for one in known if one["healthy"] and one["lastHeartbeatTime"] >= asked.since}
    late = {one["daemonType"] for one in known if one["required"]} - beating
    if late or not known:
        raise NotHealthy(f"no heartbeat yet of {', '.join(map(str.lower, sorted(late))) or 'any'}")
    return f"Dagster {version('dagster')}"


def _app(asked: Asked) -> str:
    if _get(f"{asked.service.address}/_stcore/health").strip() != b"ok":
        raise NotHealthy("the app is not ready")
    return f"Streamlit {version('streamlit')}"


def _ask_dagit(asked: Asked, question: str) -> Any:
    address = f"http://{HOST}:{asked.pipeline.dagit_port}/graphql"
    answer = json.loads(_get(address, json.dumps({"query": question}).encode()))
    if "data" not in answer:
        raise NotHealthy("Dagit cannot answer")
    return answer["data"]


def _cluster(asked: Asked) -> dict[str, Any]:
    answer: dict[str, Any] = _json(f"http://{HOST}:{asked.stack.spark_master_ui_port}/json/")
    return answer


def _json(url: str) -> Any:
    return json.loads(_get(url))


def _get(url: str, told: bytes | None = None) -> bytes:
    if urlsplit(url).scheme != "http":
        raise ValueError(f"{url} is no address of a server of ours")
    request = Request(url, told, {"Content-Type": "application/json"} if told else {})  # noqa: S310 -- http alone, checked above
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 -- the same
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
    "dagster-code": _dagster_code,
    "dagit": _dagit,
    "dagster-daemon": _dagster_daemon,
    "app": _app,
}
