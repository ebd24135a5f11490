"""What Spark's driver says of itself by its REST API, for tests on the cluster."""

import json
from typing import Any

import requests

from tests.support.real_stack import RealStack


def ui_of(stack: RealStack) -> str:
    """The address of the driver's pages."""
    with stack.settings() as servers:
        return f"http://127.0.0.1:{servers.stack.spark_driver_ui_port}"


def page(address: str) -> str:
    answer = requests.get(address, timeout=60)
    answer.raise_for_status()
    return answer.text


def asked(ui: str, question: str) -> Any:
    """What the API says of the one application; empty while there is none."""
    applications = json.loads(page(f"{ui}/api/v1/applications"))
    return json.loads(page(f"{ui}/api/v1/applications/{applications[0]['id']}/{question}")) if applications else []
